"""Make the columns of a release from its N-Quads text, and change them with a small publication."""

from graph_app.columns.encoding.build import MEMORY, build_columns
from graph_app.columns.encoding.patch import copy_columns, patch_columns

__all__ = ["MEMORY", "build_columns", "copy_columns", "patch_columns"]
