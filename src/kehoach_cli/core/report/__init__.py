"""Reports and letters: their content, without layout."""
