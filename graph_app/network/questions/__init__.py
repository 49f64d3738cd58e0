"""What a network coordinator asks of a network: one module a question, pure functions over arrays."""
