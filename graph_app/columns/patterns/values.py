"""Solutions that the query writes out (SPARQL 1.1, section 10)."""

from graph_app.columns.algebra.nodes import Values
from graph_app.columns.expressions.operand import constant_part
from graph_app.columns.kinds import Kind
from graph_app.columns.patterns.context import Context
from graph_app.columns.relation import Column, Form, Relation, nothing

__all__ = ["compile_values"]

#: All parts of a term, each with the type of its column.
_TYPES = {
    "k": "UTINYINT",
    "l": "VARCHAR",
    "d": "VARCHAR",
    "g": "VARCHAR",
    "i": "BIGINT",
    "n": "DECIMAL(38,18)",
    "f": "DOUBLE",
    "b": "BOOLEAN",
    "m": "TIMESTAMP",
    "z": "SMALLINT",
}
_PARTS = "".join(_TYPES)


def compile_values(pattern: Values, context: Context) -> Relation:
    """Compile VALUES; a variable that is nowhere defined has no column.

    :param pattern: the solutions.
    :param context: what the query shares.
    """
    columns = {}
    for number, variable in enumerate(pattern.variables):
        terms = [row[number] for row in pattern.rows]
        kinds = Kind.NONE
        for term in terms:
            kinds |= term.kind if term is not None else Kind.NONE
        if kinds:
            name = context.name(variable)
            columns[variable] = Column(name, Form.TERM, kinds, None in terms, parts=_PARTS, has_id=True)
    if not pattern.rows:
        return nothing(columns)
    places = [pattern.variables.index(variable) for variable in columns]
    statements = []
    for row in pattern.rows:
        names = ["1 AS one"]
        for place, column in zip(places, columns.values(), strict=True):
            term = row[place]
            for letter, kind in _TYPES.items():
                sql = "NULL" if term is None else constant_part(term, letter)
                names.append(f"({sql})::{kind} AS {column.name}{letter}")
            names.append(f"{'NULL' if term is None else context.id(term)}::INTEGER AS {column.name}")
        statements.append(f"SELECT {', '.join(names)}")
    return Relation(" UNION ALL ".join(statements), columns)
