"""The page Partnerships: who works with whom, on a map, in tables, in time, by country, and as answers to questions."""
