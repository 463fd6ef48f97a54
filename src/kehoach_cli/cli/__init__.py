"""The command line: each command declares its options, loads the workspace, calls the core and renders the answer."""
