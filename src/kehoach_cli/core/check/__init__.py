"""Submitted values against targets: the verdict, and its wording."""
