"""Derive triples by the rules in ``queries/rules``: CONSTRUCT queries over what is stated, each run once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from graph_app.store.oxigraph import OxigraphStore, extend_store, open_store
from graph_app.store.patching import patch_store

__all__ = ["RuleError", "derive"]

#: More triples than this are loaded in bulk.
_FEW = 10_000

_BLANK_NODE = re.compile(r"_:|<[^>]*> <[^>]*> _:")


class RuleError(Exception):
    """A rule cannot be used; the text names its file."""


def derive(
    stated: Path, store: Path, rules: Path, graph: str, prefixes: Mapping[str, str], known: Iterable[bytes] = ()
) -> list[str]:
    """Run all rules and put what they derive into a store.

    A rule reads what is stated alone, and never what a rule derived: so the order of rules means nothing, nothing can
    rest on itself, and what follows from the same statements is always the same.

    :param stated: folder of a store that holds nothing derived; it stays as it is.
    :param store: folder of a store that nobody reads yet, which holds the same and what is known.
    :param rules: folder of the rules, ``.rq`` files.
    :param graph: IRI of the graph for derived triples.
    :param prefixes: prefixes that rules use without declaring them.
    :param known: derived quads that the store holds already, as lines of N-Quads; removed if they do not follow.
    :returns: the derived quads as lines of N-Quads; these and no others are then in the store.
    :raises RuleError: if a rule fails, or gives no triples or blank nodes.
    """
    opened = open_store(stated)
    derived = {
        line
        for path in sorted(rules.glob("*.rq"))
        for line in _conclusions(opened, path.name, path.read_text(encoding="utf-8"), graph, prefixes)
    }
    held = {line.decode() for line in known}
    _put(store, held - derived, derived - held)
    return sorted(derived)


def _put(store: Path, removed: set[str], added: set[str]) -> None:
    if len(added) > _FEW:
        addition = store.with_name("addition.nq")
        addition.write_text("".join(sorted(added)), encoding="utf-8", newline="\n")
        extend_store(store, addition)
        addition.unlink()
        added = set()
    if removed or added:
        patch_store(store, (line.encode() for line in sorted(removed)), (line.encode() for line in sorted(added)))


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
