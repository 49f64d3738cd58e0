"""Inbox and journal, the truth of the graph: every file as it came, and every event as it happened.

All else is made of them and can be made again. What was acknowledged is on disk, and nothing of it is ever changed.
"""
