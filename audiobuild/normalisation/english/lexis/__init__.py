"""What is known of English below its rules: its lists, words for numbers, names, sentences (layer 1, pure)."""
