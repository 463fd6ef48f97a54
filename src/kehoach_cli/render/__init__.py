"""Turns results into text: tables, JSON, CSV, Markdown, SARIF, JUnit. Returns strings; the command line writes them."""
