"""Finding a workspace, its settings, and loading everything in it."""
