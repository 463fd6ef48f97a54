"""Submitted values compared with targets: the verdict and its wording."""
