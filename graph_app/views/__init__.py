"""Pages: one module a page, and what they share in reading the graph."""
