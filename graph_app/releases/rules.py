"""The rules in ``queries/rules``: CONSTRUCT queries over what is stated, each run once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from graph_app.columns.algebra.nodes import Query
from graph_app.columns.algebra.partition import keys, restricted
from graph_app.columns.algebra.query import read_query
from graph_app.columns.declined import Declined
from graph_app.columns.encoding import memory_for_columns
from graph_app.columns.engine import ColumnStore
from graph_app.columns.terms import Constant

__all__ = ["Rule", "RuleError", "derive", "read_rules"]

_BLANK_NODE = re.compile(r"^(_:|<[^>]*> <[^>]*> _:)", re.MULTILINE)


class RuleError(Exception):
    """A rule cannot be used; the text names its file."""


@dataclass(frozen=True)
class Rule:
    """A rule.

    :param name: name of its file.
    :param query: the query as algebra.
    :param graph: IRI of the graph for what it derives.
    """

    name: str
    query: Query
    graph: str

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Variables by which its solutions fall apart: what it derives for one value rests on nothing of the others."""
        return keys(self.query.pattern)

    def conclusions(self, columns: ColumnStore, key: str = "", values: Sequence[Constant] = ()) -> Iterator[str]:
        """Run the rule.

        :param columns: what is stated.
        :param key: one of its keys, or empty to run it for everything.
        :param values: the values of the key to run it for.
        :returns: the derived quads as texts of whole lines of N-Quads, in any order; some are repeated.
        :raises RuleError: if it fails, or gives blank nodes.
        """
        query = replace(self.query, pattern=restricted(self.query.pattern, key)) if key else self.query
        try:
            for lines in columns.triples(query, {key: values} if key else {}):
                if "_:" in lines and _BLANK_NODE.search(lines):
                    raise RuleError(
                        f"The rule {self.name} makes a blank node. Give the thing an IRI, as in BIND(IRI(…) AS ?thing)."
                    )
                yield lines.replace(" .\n", f" <{self.graph}> .\n")  # in a literal stands no line feed
        except (Declined, MemoryError) as error:
            raise _unusable(self.name, error) from error


def read_rules(folder: Path, graph: str, prefixes: Mapping[str, str]) -> Iterator[Rule]:
    """Read all rules.

    :param folder: folder of the rules, ``.rq`` files.
    :param graph: IRI of the graph for derived triples.
    :param prefixes: prefixes that rules use without declaring them.
    :returns: the rules, by name.
    :raises RuleError: if one cannot be read, or gives no triples.
    """
    for path in sorted(folder.glob("*.rq")):
        try:
            query = read_query(path.read_text(encoding="utf-8"), prefixes)
        except Declined as error:
            raise _unusable(path.name, error) from error
        if query.form != "CONSTRUCT":
            raise RuleError(f"The rule {path.name} gives no triples. Write it as CONSTRUCT.")
        yield Rule(path.name, query, graph)


def derive(stated: Path, rules: Iterable[Rule], scratch: Path) -> Iterator[str]:
    """Run all rules.

    A rule reads what is stated alone, and never what a rule derived: so the order of rules means nothing, nothing can
    rest on itself, and what follows from the same statements is always the same.

    :param stated: folder of columns that hold nothing derived.
    :param rules: the rules.
    :param scratch: folder for what does not fit into memory.
    :returns: the derived quads as texts of whole lines of N-Quads, in any order; some are repeated.
    :raises ColumnsError: if the columns cannot be read.
    :raises RuleError: if a rule cannot be used.
    """
    with closing(ColumnStore.open(stated, memory_limit=memory_for_columns(stated), scratch=scratch)) as columns:
        for rule in rules:
            yield from rule.conclusions(columns)


def _unusable(name: str, error: Exception) -> RuleError:
    return RuleError(f"The rule {name} cannot be run: {error or 'it needs more memory than a build may take'}")
