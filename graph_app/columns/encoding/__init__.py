"""Make the columns of a release from its N-Quads text, and change them with a small publication."""

from graph_app.columns.encoding.build import build_columns
from graph_app.columns.encoding.memory import memory_for_columns
from graph_app.columns.encoding.patch import copy_columns, patch_columns

__all__ = ["build_columns", "copy_columns", "memory_for_columns", "patch_columns"]
