"""Submissions: what a steward hands in, a reviewer decides on, and everybody can follow to its cell.

All that is known of a submission stands in the journal; its state is computed from there, and nowhere else kept.
"""
