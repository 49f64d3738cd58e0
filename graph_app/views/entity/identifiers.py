"""Identifiers of an entity, each with the page that its register has for it."""

from graph_app.components.links import Outward
from graph_app.components.rows import Cell
from graph_app.components.texts import in_language
from graph_app.identity.registers import register
from graph_app.questions.results import Table
from graph_app.views.reading import reference

__all__ = ["identifier_cells"]


def identifier_cells(table: Table, subject: str) -> list[list[Cell]]:
    """Make identifiers ready for drawing: codes of known registers lead to their pages, others stay text.

    :param table: schemes and codes.
    :param subject: the entity that has them.
    :returns: rows of cells.
    """
    kind = reference(subject).page
    return [_row(row["scheme"].value, row["code"].value, kind) for row in table]


def _row(scheme: str, code: str, kind: str) -> list[Cell]:
    known = register(scheme, kind)
    address = known.address(code) if known is not None else ""
    if known is None or not address:
        return [scheme, code]
    name = in_language(known.name)
    return [scheme if name.upper() == scheme.upper() else f"{name} ({scheme})", Outward(code, address)]
