"""What articles are made of, in whatever format they are written: words, blocks, dates, an editor's wishes."""
