"""Pages of single entities: what is stated, where it comes from, what it is related to, and how to take it away."""
