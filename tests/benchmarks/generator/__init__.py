"""A large believable graph of projects for benchmarks: the same seed gives the same bytes."""
