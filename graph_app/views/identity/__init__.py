"""The page Who is who: pairs that may be one, what was decided on them, and what became of it."""
