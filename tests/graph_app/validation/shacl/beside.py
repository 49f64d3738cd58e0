"""One graph checked by both engines, and what tells two results apart."""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from rdflib import BNode, Graph, Literal
from rdflib.term import Node

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from graph_app.validation.results import Result
from graph_app.validation.shacl.columns import check_columns
from graph_app.validation.shacl.model import Checked

__all__ = ["Key", "check", "counted", "shown"]

Key = tuple[str, ...]


def check(data: Graph, shapes: Graph, folder: Path) -> Checked:
    """Check a graph on columns that are made of it."""
    folder.mkdir(parents=True)
    text = folder / "data.nt"
    text.write_text(data.serialize(format="nt"), encoding="utf-8")
    build_columns(folder / "columns", text)
    with closing(ColumnStore.open(folder / "columns")) as columns:
        return check_columns(columns, shapes)


def counted(results: Iterable[Result]) -> Counter[Key]:
    """Count results by all that tells them apart."""
    return Counter(
        (
            *map(str, (one.rule, one.severity, one.component)),
            shown(one.focus),
            " ".join(one.paths),
            shown(one.value),
            one.message.get("en", ""),
            one.message.get("cs", ""),
        )
        for one in results
    )


def shown(term: Node | None) -> str:
    """Write a term so that the same value is the same text: a sum is "99.0" to rdflib and "99" to columns."""
    if isinstance(term, BNode):
        return "_:"
    if isinstance(term, Literal) and isinstance(term.value, Decimal):
        return f"{term.value.normalize():f}"
    if isinstance(term, Literal):
        return f"{term!s}^^{term.datatype}@{term.language}"  # rdflib's own way warns of odd numbers
    return "" if term is None else term.n3()
