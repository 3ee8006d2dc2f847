"""Markdown, SSML and plain text to blocks: what is a heading, what is said, what an editor asks for."""
