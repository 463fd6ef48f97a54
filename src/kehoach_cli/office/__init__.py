"""Reads documents of unknown origin, .docx and .xlsx, into values; the only package that reads them."""
