"""Releases: immutable folders that hold the whole graph, made beside the current one and swapped in at once.

What reads a release is here; :mod:`graph_app.releases.build` makes one.
"""

from graph_app.releases.release import DatasetNote, NoRelease, Release, current_release

__all__ = ["DatasetNote", "NoRelease", "Release", "current_release"]
