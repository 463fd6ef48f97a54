"""Whether a plan file says what its document says: every text word for word, and every passage of the document claimed."""
