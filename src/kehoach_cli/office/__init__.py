"""Reading documents of unknown origin, .docx and .xlsx, into plain values; the only place that reads them."""
