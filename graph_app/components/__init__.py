"""Reusable pieces of pages. They draw what they are given and fetch nothing."""
