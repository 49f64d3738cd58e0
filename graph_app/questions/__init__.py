"""Ask a release questions in SPARQL: the library, its parameters, and safe execution under limits.

Import what you need from its modules: workers start in tens of milliseconds because this package imports nothing.
"""
