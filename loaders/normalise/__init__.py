"""Pure functions from text as people write it to text as the graph keeps it: dates, money, names, countries."""
