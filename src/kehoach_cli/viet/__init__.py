"""The field's notation: folding and collation of Vietnamese text, numbers, dates."""
