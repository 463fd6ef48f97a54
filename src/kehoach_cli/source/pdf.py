"""Stub."""

from kehoach_cli.source.blocks import Blocks, SourceError


def read_pdf(data: bytes) -> Blocks:
    """Return."""
    raise SourceError(f"{len(data)}")
