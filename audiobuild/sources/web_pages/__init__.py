"""A page of the web to the article in it."""
