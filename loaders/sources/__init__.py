"""Readers: each knows one file format and gives records, never triples."""
