"""The base registry: what is known of the agencies of every province, as data; loaded only by what asks for it."""
