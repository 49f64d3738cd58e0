"""What ``describe`` shows of an entity, asked with the same queries as the pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table as RichTable

from graph_app.cli.console import plain
from graph_app.cli.tables import short
from graph_app.questions.catalogue import Question, view
from graph_app.questions.engine import Engine
from graph_app.questions.labels import labels_question
from graph_app.questions.results import Table, Term
from loaders.vocabulary import prefixes

__all__ = ["Portrait", "draw"]


@dataclass(frozen=True, slots=True)
class Portrait:
    """An entity as the command line shows it.

    :param label: its name.
    :param facts: property and value a row.
    :param sources: source record a row.
    :param notices: what was left out, a sentence each.
    """

    label: str
    facts: RichTable
    sources: RichTable
    notices: tuple[str, ...]


def draw(engine: Engine, entity: str, base: str, language: str) -> Portrait | None:
    """Ask everything about an entity.

    :param engine: the engine.
    :param entity: IRI of the entity.
    :param base: base of instance IRIs.
    :param language: language of labels.
    :returns: the portrait, or ``None`` where the graph states nothing.
    """
    facts = _ask(engine, view("facts"), {"iri": [entity]})
    if not len(facts):
        return None
    sources = _ask(engine, view("sources"), {"iri": [entity]})
    terms = [term for row in (*facts.rows, *sources.rows) for term in row if term is not None and term.kind == "iri"]
    wanted = sorted({entity, *(term.value for term in terms)})
    named = {
        row["iri"].value: row["label"].value
        for row in _ask(engine, labels_question(complete=engine.complete), {"iri": wanted, "lang": [language]})
        if "label" in row
    }

    def shown(term: Term | None) -> str:
        if term is None:
            return ""
        if term.kind == "iri":
            brief = short(term.value, base, prefixes())
            return f"{named[term.value]} ({brief})" if term.value in named else brief
        return f"{term.value} [{term.language}]" if term.language else term.value

    notices = tuple(answer.notice for answer in (facts, sources) if answer.truncated)
    return Portrait(named.get(entity, entity), _drawn(facts, shown), _drawn(sources, shown), notices)


def _drawn(table: Table, shown: Callable[[Term | None], str]) -> RichTable:
    drawn = RichTable(*table.columns)
    for column in drawn.columns:
        column.overflow = "fold"
    previous = ""
    for row in table.rows:
        first, *rest = map(shown, row)
        drawn.add_row(plain("" if first == previous else first), *map(plain, rest))
        previous = first
    return drawn


def _ask(engine: Engine, question: Question, values: Mapping[str, Sequence[str]]) -> Table:
    answer = engine.answer(question, values)
    if not isinstance(answer, Table):
        raise TypeError(f"The query {question.name} is no SELECT.")
    return answer
