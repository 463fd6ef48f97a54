"""Commands: declarations of options, one load, one core call, one render call."""
