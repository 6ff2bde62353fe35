"""The pages that the edge serves. Their words are content."""
