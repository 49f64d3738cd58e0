"""Put what an expression gives into columns of a relation."""

from graph_app.columns.expressions.operand import Operand, Scalar
from graph_app.columns.relation import TERM, Column, Form

__all__ = ["stored"]


def stored(operand: Operand, name: str) -> tuple[list[str], Column | None]:
    """Put an operand into columns.

    :param operand: the operand.
    :param name: name of the column.
    :returns: what to select, and the column; none where the operand is always an error.
    """
    if not operand.kinds:
        return [], None
    if operand.known:
        return [f"{operand.id} AS {name}"], Column(name, Form.ID, operand.kinds, operand.nullable)
    if isinstance(operand, Scalar):
        return [f"{operand.sql} AS {name}"], Column(name, Form.SCALAR, operand.kinds, operand.nullable)
    parts = [f"{operand.part(letter)} AS {name}{letter}" for letter in TERM]
    if operand.id:
        parts.append(f"{operand.id} AS {name}")
    return parts, Column(name, Form.TERM, operand.kinds, operand.nullable, parts=TERM, has_id=bool(operand.id))
