"""Networks as tables: nodes with what was measured, and ties."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

import numpy as np

from graph_app.network.measures.results import Measures
from graph_app.network.network import Floats, Network
from graph_app.questions.formats import neutralise

__all__ = ["csv_table", "node_table", "tie_table"]

Cell = str | int | float | None
Table = tuple[list[str], list[tuple[Cell, ...]]]


def node_table(network: Network, measures: Measures | None = None) -> Table:
    """Lay out the nodes.

    :param network: the network.
    :param measures: what was measured, or nothing.
    :returns: headings and rows; nothing where a value is not stated or not defined.
    """
    found = (measures or Measures()).nodes
    columns: list[list[Cell]] = [[value or None for value in values] for values in network.attributes.values()]
    columns += [_numbers(values) for values in found.values()]
    heads = ["iri", *network.attributes, *found]
    return heads, list(zip(network.nodes, *columns, strict=True))


def tie_table(network: Network, measures: Measures | None = None) -> Table:
    """Lay out the ties, names beside IRIs.

    :param network: the network.
    :param measures: what was measured, or nothing.
    :returns: headings and rows, those of most weight first; nothing where a value is not stated.
    """
    found = (measures or Measures()).ties
    labels = network.attributes["label"]
    weight = network.weights.get(network.filters.weight, network.weights["count"])
    order = np.argsort(-np.nan_to_num(weight, nan=-1.0), kind="stable").tolist()
    ends = [ends.tolist() for ends in (network.source, network.target)]
    columns: list[Sequence[Cell]] = [[network.nodes[number] for number in end] for end in ends]
    columns += [[labels[number] for number in end] for end in ends]
    columns += [_numbers(values) for values in (*network.weights.values(), *found.values())]
    rows = list(zip(*columns, strict=True))
    return ["source", "target", "source_label", "target_label", *network.weights, *found], [rows[row] for row in order]


def csv_table(table: Table) -> str:
    """Write a table as CSV; text that a spreadsheet would run as a formula gets an apostrophe before it.

    :param table: headings and rows.
    """
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(table[0])
    writer.writerows(_safe(row) for row in table[1])
    return stream.getvalue()


def _safe(row: Iterable[Cell]) -> list[Cell]:
    return [neutralise(cell) if isinstance(cell, str) else cell for cell in row]


def _numbers(values: Floats) -> list[Cell]:
    """Return the numbers as they are read: whole ones without a point, nothing for NaN."""
    return [None if np.isnan(value) else int(value) if value.is_integer() else value for value in values.tolist()]
