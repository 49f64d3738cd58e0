"""Derive triples by the rules in ``queries/rules``: CONSTRUCT queries over what is stated, each run once."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from graph_app.store.oxigraph import OxigraphStore, open_store

__all__ = ["RuleError", "derive"]

_BLANK_NODE = re.compile(r"_:|<[^>]*> <[^>]*> _:")


class RuleError(Exception):
    """A rule cannot be used; the text names its file."""


def derive(stated: Path, rules: Path, graph: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Run all rules.

    A rule reads what is stated alone, and never what a rule derived: so the order of rules means nothing, nothing can
    rest on itself, and what follows from the same statements is always the same.

    :param stated: folder of a store that holds nothing derived.
    :param rules: folder of the rules, ``.rq`` files.
    :param graph: IRI of the graph for derived triples.
    :param prefixes: prefixes that rules use without declaring them.
    :returns: the derived quads as lines of N-Quads, in any order; those of several rules are repeated.
    :raises RuleError: if a rule fails, or gives no triples or blank nodes.
    """
    store = open_store(stated)
    for path in sorted(rules.glob("*.rq")):
        yield from _conclusions(store, path.name, path.read_text(encoding="utf-8"), graph, prefixes)


def _conclusions(store: OxigraphStore, name: str, text: str, graph: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    try:
        answer = store.evaluate(text, prefixes=prefixes)
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise RuleError(f"The rule {name} cannot be run: {error}") from error
    if answer.kind != "triples":
        raise RuleError(f"The rule {name} gives no triples. Write it as CONSTRUCT.")
    end = f" <{graph}> .\n"
    for line in BytesIO(answer.body):
        triple = line.decode()
        if _BLANK_NODE.match(triple):
            raise RuleError(f"The rule {name} makes a blank node. Give the thing an IRI, as in BIND(IRI(…) AS ?thing).")
        yield triple.removesuffix(" .\n") + end
