"""How many projects lack what an answer stands on."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from babel.numbers import format_decimal, format_percent

from graph_app.questions.catalogue import Question, questions
from graph_app.questions.errors import QueryFailed
from graph_app.questions.results import Table, Triples, Truth
from loaders.findings import LANGUAGES

__all__ = ["FACTS", "Ask", "Share", "lacking", "shares", "shares_of"]

#: Answers a question of the library, given values for its parameters.
Ask = Callable[[Question, Mapping[str, Sequence[str]]], Table | Triples | Truth]

#: What a project may state, as ``queries/quality/coverage.rq`` tells it, to words for people.
FACTS: Mapping[str, Mapping[str, str]] = {
    "title": {"en": "title", "cs": "název"},
    "description": {"en": "description", "cs": "popis"},
    "start": {"en": "start", "cs": "začátek"},
    "end": {"en": "end", "cs": "konec"},
    "duration": {"en": "duration", "cs": "trvání"},
    "period": {"en": "period", "cs": "období"},
    "status": {"en": "status", "cs": "stav"},
    "country": {"en": "country of activity", "cs": "země působení"},
    "place": {"en": "place", "cs": "místo"},
    "target group": {"en": "target group", "cs": "cílová skupina"},
    "theme": {"en": "theme", "cs": "téma"},
    "expected beneficiaries": {"en": "expected beneficiaries", "cs": "očekávaný počet podpořených"},
    "expected result": {"en": "expected results", "cs": "očekávané výsledky"},
    "website": {"en": "website", "cs": "web"},
    "earlier project": {"en": "earlier project", "cs": "předchozí projekt"},
    "participant": {"en": "participant", "cs": "účastník"},
    "coordinator": {"en": "coordinator", "cs": "koordinátor"},
    "seat": {"en": "seat of a participant", "cs": "sídlo účastníka"},
    "organisation type": {"en": "type of a participant", "cs": "typ účastníka"},
    "donor": {"en": "donor", "cs": "dárce"},
    "programme": {"en": "programme", "cs": "program"},
    "amount": {"en": "amount", "cs": "částka"},
    "transaction": {"en": "transaction", "cs": "transakce"},
    "output": {"en": "output", "cs": "výstup"},
}
_DATASET = "dataset"
_EACH = {
    "en": "{fact} in {count} of {all} projects ({share})",
    "cs": "{fact} u {count} z {all} projektů ({share})",
}
_LACKING = {"en": "Not stated: {facts}.", "cs": "Neuvedeno: {facts}."}
_WHOLE = {"en": "Stated by all {all} projects: {facts}.", "cs": "Uvádějí všechny projekty ({all}): {facts}."}


class Share(NamedTuple):
    """How many projects state something.

    :param fact: one of :data:`FACTS`.
    :param stated: projects that state it.
    :param of: projects that there are.
    """

    fact: str
    stated: int
    of: int

    @property
    def share(self) -> float:
        """The part of the projects that state it, from 0 to 1; 0 where there is no project."""
        return self.stated / self.of if self.of else 0.0


def shares(ask: Ask, dataset: Sequence[str] = ()) -> Mapping[str, Share]:
    """Count the projects that state each fact.

    :param ask: answers a question of the library.
    :param dataset: a dataset whose projects alone are counted.
    :returns: fact to share, the most frequent first.
    :raises graph_app.questions.errors.QueryError: if there is no answer.
    """
    answer = ask(questions()["coverage"], {_DATASET: list(dataset)} if dataset else {})
    if not isinstance(answer, Table):
        raise TypeError("queries/quality/coverage.rq is no SELECT.")
    if answer.truncated:
        raise QueryFailed(f"What projects state cannot be counted: {answer.notice}")
    counts = ((row["fact"].value, int(row["projects"].value), int(row["of"].value)) for row in answer)
    return {fact: Share(fact, stated, projects) for fact, stated, projects in counts}


def shares_of(question: Question, values: Mapping[str, Sequence[str]], ask: Ask) -> tuple[Share, ...]:
    """Count the projects that state what the answer to a question stands on.

    :param question: the question; one that names nothing gives nothing.
    :param values: parameter to values; where one is a dataset, only its projects are counted.
    :param ask: answers a question of the library.
    :raises graph_app.questions.errors.QueryError: if there is no answer.
    """
    if not question.stands_on:
        return ()
    found = shares(ask, values.get(_DATASET, ()))
    return tuple(found[fact] for fact in question.stands_on)


def lacking(shares: Sequence[Share], language: str = LANGUAGES[0]) -> str:
    """Say in a line how many projects lack what an answer stands on.

    :param shares: how many state it.
    :param language: language of the reader.
    :returns: the line; empty where there is nothing to say.
    """
    if not shares or not shares[0].of:
        return ""
    gaps = [one for one in shares if one.stated < one.of]
    if not gaps:
        return _WHOLE[language].format(
            all=format_decimal(shares[0].of, locale=language),
            facts=", ".join(FACTS[one.fact][language] for one in shares),
        )
    told = (
        _EACH[language].format(
            fact=FACTS[one.fact][language],
            count=format_decimal(one.of - one.stated, locale=language),
            all=format_decimal(one.of, locale=language),
            share=format_percent(1 - one.share, locale=language),
        )
        for one in gaps
    )
    return _LACKING[language].format(facts="; ".join(told))
