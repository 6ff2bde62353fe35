"""The pages that the edge serves. Their words are content; their templates are beside this file."""
