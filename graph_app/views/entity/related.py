"""Entities that an entity has most in common with; what that is, stands behind the number."""

from collections.abc import Callable

from graph_app.components.links import Inward, Reference
from graph_app.components.rows import Cell
from graph_app.questions.results import Table
from graph_app.views.entity.statements import cells_of

__all__ = ["related_cells"]

_ASK = "ask"


def related_cells(entity: str, number: str, question: str) -> Callable[[Table, str], list[list[Cell]]]:
    """Return what makes related entities ready for drawing, with a link to what is shared.

    :param entity: column of the related entity.
    :param number: column that says how much is shared.
    :param question: question of the library that tells it of ``first`` and ``second``.
    """

    def cells(table: Table, subject: str) -> list[list[Cell]]:
        other, how_much = table.columns.index(entity), table.columns.index(number)
        rows = cells_of(table, subject)
        for row in rows:
            related, told = row[other], row[how_much]
            if isinstance(related, Reference) and isinstance(told, str):
                query = {"question": question, "p.first": subject, "p.second": related.iri}
                row[how_much] = Inward(told, _ASK, query)
        return rows

    return cells
