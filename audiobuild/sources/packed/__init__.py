"""Files that are archives to articles: books, and documents of word processors."""
