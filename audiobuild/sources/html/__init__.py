"""HTML to blocks, wherever it stands: in a page, in Markdown, in a book."""
