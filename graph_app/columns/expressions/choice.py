"""One of several terms, depending on conditions."""

from collections.abc import Sequence

from graph_app.columns.expressions.operand import Operand, Parts, Scalar, single
from graph_app.columns.kinds import Kind

__all__ = ["choose"]

_SCALAR_LETTER = {
    Kind.IRI: "l",
    Kind.BLANK: "l",
    Kind.STRING: "l",
    Kind.BOOLEAN: "b",
    Kind.INTEGER: "i",
    Kind.DECIMAL: "n",
    Kind.DOUBLE: "f",
}


def choose(branches: Sequence[tuple[str, Operand]], *, nullable: bool = True) -> Operand:
    """Choose the operand of the first condition that is true; none gives an error.

    :param branches: conditions and operands.
    :param nullable: whether none may be true, or the operand of one that is be missing.
    """
    kinds = Kind.NONE
    for _, operand in branches:
        kinds |= operand.kinds

    def cases(part: str) -> str:
        found = ((condition, _part(operand, part)) for condition, operand in branches)
        return "CASE " + " ".join(f"WHEN {condition} THEN {sql}" for condition, sql in found) + " END"

    if single(kinds) and kinds in _SCALAR_LETTER and any(isinstance(operand, Scalar) for _, operand in branches):
        return Scalar(kinds=kinds, sql=cases(_SCALAR_LETTER[kinds]), nullable=nullable)
    identified = all(operand.id for _, operand in branches)
    known = all(operand.known for _, operand in branches)
    return Parts(kinds=kinds, nullable=nullable, id=cases("id") if identified else "", known=known, parts=cases)


def _part(operand: Operand, part: str) -> str:
    if operand.kinds is Kind.NONE:
        return "NULL"
    return operand.id if part == "id" else operand.part(part)
