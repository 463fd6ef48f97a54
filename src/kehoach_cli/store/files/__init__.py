"""Safe reading, whole writing, what git says, work shared by processes."""
