"""Forms and answers of the questions, a module each."""
