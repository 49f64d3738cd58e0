"""Derive triples by the rules in ``queries/rules``: CONSTRUCT queries, run until none of them adds anything."""

import re
from collections.abc import Mapping
from pathlib import Path

from graph_app.store.oxigraph import OxigraphStore, extend_store, open_store

__all__ = ["RuleError", "derive"]

#: A rule that still adds triples after so many passes feeds on what it makes.
PASS_LIMIT = 10

_BLANK_NODE = re.compile(r"_:|<[^>]*> <[^>]*> _:")


class RuleError(Exception):
    """A rule cannot be used; the text names its file."""


def derive(store: Path, rules: Path, graph: str, prefixes: Mapping[str, str]) -> list[str]:
    """Run all rules on a store, add what they derive, and repeat until nothing new comes, so their order is free.

    :param store: folder of a store that nobody reads yet.
    :param rules: folder of the rules, ``.rq`` files.
    :param graph: IRI of the graph for derived triples.
    :param prefixes: prefixes that rules use without declaring them.
    :returns: the derived quads as lines of N-Quads.
    :raises RuleError: if a rule fails, gives no triples or blank nodes, or the rules have no end.
    """
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(rules.glob("*.rq"))}
    derived: set[str] = set()
    for _ in range(PASS_LIMIT):
        opened = open_store(store)
        new = {
            line for name, text in texts.items() for line in _conclusions(opened, name, text, graph, prefixes)
        } - derived
        del opened
        if not new:
            return sorted(derived)
        derived |= new
        addition = store.with_name("derived.nq")
        addition.write_text("".join(sorted(new)), encoding="utf-8", newline="\n")
        extend_store(store, addition)
        addition.unlink()
    raise RuleError(
        f"The rules in {rules} still derive new triples after {PASS_LIMIT} passes. One of them feeds on itself."
    )


def _conclusions(store: OxigraphStore, name: str, text: str, graph: str, prefixes: Mapping[str, str]) -> list[str]:
    try:
        answer = store.evaluate(text, prefixes=prefixes)
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise RuleError(f"The rule {name} cannot be run: {error}") from error
    if answer.kind != "triples":
        raise RuleError(f"The rule {name} gives no triples. Write it as CONSTRUCT.")
    lines = answer.body.decode().split("\n")[:-1]
    for line in lines:
        if _BLANK_NODE.match(line):
            raise RuleError(f"The rule {name} makes a blank node. Give the thing an IRI, as in BIND(IRI(…) AS ?thing).")
    return [f"{line.removesuffix(' .')} <{graph}> .\n" for line in lines]
