"""No plan, form or template runs code, reads another file, writes outside the output folder or reaches the network."""
