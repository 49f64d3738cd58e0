"""Derive triples by the rules in ``queries/rules``: CONSTRUCT queries over what is stated, each run once."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from graph_app.columns.declined import Declined
from graph_app.columns.encoding import MEMORY
from graph_app.columns.engine import ColumnStore

__all__ = ["RuleError", "derive"]

_BLANK_NODE = re.compile(r"^(_:|<[^>]*> <[^>]*> _:)", re.MULTILINE)


class RuleError(Exception):
    """A rule cannot be used; the text names its file."""


def derive(stated: Path, rules: Path, graph: str, prefixes: Mapping[str, str], scratch: Path) -> Iterator[str]:
    """Run all rules.

    A rule reads what is stated alone, and never what a rule derived: so the order of rules means nothing, nothing can
    rest on itself, and what follows from the same statements is always the same.

    :param stated: folder of columns that hold nothing derived.
    :param rules: folder of the rules, ``.rq`` files.
    :param graph: IRI of the graph for derived triples.
    :param prefixes: prefixes that rules use without declaring them.
    :param scratch: folder for what does not fit into memory.
    :returns: the derived quads as texts of whole lines of N-Quads, in any order; some are repeated.
    :raises ColumnsError: if the columns cannot be read.
    :raises RuleError: if a rule fails, or gives no triples or blank nodes.
    """
    with closing(ColumnStore.open(stated, memory_limit=MEMORY, scratch=scratch)) as columns:
        for path in sorted(rules.glob("*.rq")):
            yield from _conclusions(columns, path.name, path.read_text(encoding="utf-8"), graph, prefixes)


def _conclusions(columns: ColumnStore, name: str, text: str, graph: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    try:
        if columns.plan(text, prefixes=prefixes).form != "CONSTRUCT":
            raise RuleError(f"The rule {name} gives no triples. Write it as CONSTRUCT.")
        for lines in columns.triples(text, prefixes=prefixes):
            if "_:" in lines and _BLANK_NODE.search(lines):
                raise RuleError(
                    f"The rule {name} makes a blank node. Give the thing an IRI, as in BIND(IRI(…) AS ?thing)."
                )
            yield lines.replace(" .\n", f" <{graph}> .\n")  # in a literal stands no line feed
    except (Declined, MemoryError) as error:
        raise RuleError(
            f"The rule {name} cannot be run: {error or 'it needs more memory than a build may take'}"
        ) from error
