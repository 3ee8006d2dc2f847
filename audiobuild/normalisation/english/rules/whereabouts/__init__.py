"""Where somebody or something is found: streets, telephones, pages of the web (layer 1, pure)."""
