"""Safe reading, atomic writing, changed files by git, work shared by processes."""
