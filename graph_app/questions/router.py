"""Which engine answers a query: columns where they are expected to win, Oxigraph for everything else.

Oxigraph looks things up in one to five milliseconds; columns need ten to thirty for a statement of many parts, and
reading a text that they have not seen costs twenty to a hundred. So nothing is read that Oxigraph surely answers, or
answers while the question is still open.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_app.questions.tokens import Kind, tokens

if TYPE_CHECKING:
    from graph_app.columns.estimate import Estimate

__all__ = [
    "AUTO",
    "COLUMNS",
    "IN_MAKING",
    "LARGE",
    "OXIGRAPH",
    "REMOTE",
    "SMALL",
    "Choice",
    "Scene",
    "choose",
    "choose_unread",
    "sums_up",
]

AUTO, COLUMNS, OXIGRAPH, REMOTE = "auto", "columns", "oxigraph", "remote"

#: Why columns answer everything as long as there is no store.
IN_MAKING = "the store is still being made"
#: A graph of fewer statements is left to Oxigraph, and so is a query that touches fewer rows.
SMALL = 10_000
#: A graph of so many is sure to be asked what columns should answer, so that they are opened before.
LARGE = 100_000
_WORTH_IT = 2_000
#: What asks for some of the graphs, or for what the engine thinks describes a thing.
_NOT_FOR_COLUMNS = re.compile(r"\b(GRAPH|FROM|DESCRIBE)\b", re.IGNORECASE)
#: What sums up, and so has to see everything first.
_AGGREGATE = re.compile(r"\bGROUP\s+BY\b|\b(COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine for a query.

    :param engine: ``columns``, ``oxigraph`` or ``remote``.
    :param reason: why, in a few words.
    """

    engine: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to choose from.

    :param statements: how many the graph has.
    :param columns: whether the release has columns.
    :param remote: whether a remote engine answers everything.
    :param store: whether the store is there already; until then columns alone answer.
    """

    statements: int
    columns: bool
    remote: bool = False
    store: bool = True


def choose_unread(scene: Scene, text: str, wanted: str = AUTO, *, some_graphs: bool = False) -> Choice | None:
    """Choose as far as that is possible without reading a query as SPARQL.

    :param scene: what there is to choose from.
    :param text: the query.
    :param wanted: ``auto``, ``columns`` or ``oxigraph``.
    :param some_graphs: whether it is asked of some graphs alone.
    :returns: the choice, be its engine there yet or not; ``None`` where the query has to be read, or nobody may choose
        but the columns themselves.
    """
    if scene.remote:
        return Choice(REMOTE, "a remote engine holds the graph")
    reason = "asked for" if wanted == OXIGRAPH else _obstacle(scene, some_graphs=some_graphs)
    if not reason and wanted == AUTO:
        if not scene.store:
            return Choice(COLUMNS, IN_MAKING)
        reason = "a small graph" if scene.statements < SMALL else _declined_word(text)
    return Choice(OXIGRAPH, reason) if reason else None


def _obstacle(scene: Scene, *, some_graphs: bool) -> str:
    if not scene.columns:
        return "the release has no columns"
    return "it is asked of some graphs alone" if some_graphs else ""


def _declined_word(text: str) -> str:
    for token in tokens(text) if _NOT_FOR_COLUMNS.search(text) else ():
        if token.kind is Kind.WORD and _NOT_FOR_COLUMNS.fullmatch(token.text):
            return f"columns decline {token.text.upper()}"
    return ""


def choose(estimate: "Estimate") -> Choice:
    """Choose for a query that both engines can answer.

    :param estimate: how much work it is for Oxigraph.
    """
    return Choice(COLUMNS if estimate.rows >= _WORTH_IT else OXIGRAPH, str(estimate))


def sums_up(text: str) -> bool:
    """Tell whether a query seems to sum up, so that it is worth reading before anybody begins to answer it.

    :param text: the query.
    """
    return _AGGREGATE.search(text) is not None
