"""Vietnamese notation: text (folding, sorting), numbers and dates."""
