"""What is known of German below its rules: its lists, words for numbers, sentences (layer 1, pure)."""
