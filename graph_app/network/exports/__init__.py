"""Networks taken away: files for other programs, saved views, a notebook cell, a citation."""

from graph_app.network.exports.citation import citation
from graph_app.network.exports.markup import described, gexf, graphml
from graph_app.network.exports.notebook import notebook_cell
from graph_app.network.exports.saved import SavedView, ViewError
from graph_app.network.exports.tables import csv_table, node_table, tie_table

__all__ = [
    "SavedView",
    "ViewError",
    "citation",
    "csv_table",
    "described",
    "gexf",
    "graphml",
    "node_table",
    "notebook_cell",
    "tie_table",
]
