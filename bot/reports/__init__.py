"""The figures for people to read: on a page, on paper, in a workbook or a file. One content, many forms."""
