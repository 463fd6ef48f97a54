"""Static pages: what a site says, as HTML with its search."""
