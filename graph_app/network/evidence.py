"""What is behind a tie: the projects, who plays which role in them, when, for how much, and who tells so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph_app.network.asking import Ask
from graph_app.network.network import Network
from graph_app.network.projections.attributes import fallback, names
from graph_app.questions.arrays import Arrays

__all__ = ["Evidence", "Sum", "evidence", "evidence_of"]


class Sum(NamedTuple):
    """A sum granted, as a source states it.

    :param value: the number as it is written.
    :param currency: its currency.
    """

    value: str
    currency: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One project or partnership behind a tie.

    :param context: its IRI.
    :param label: its title in the reader's language.
    :param first_roles: names of the roles that the first end of the tie plays there; empty where the end is no
        organisation or takes no part itself, as a donor that a grant names.
    :param second_roles: the same for the second end.
    :param start: first day that the source allows, or empty.
    :param end: last day that it allows, or empty.
    :param money: sums granted.
    :param sources: IRIs of the datasets that tell of it, with their titles.
    """

    context: str
    label: str
    first_roles: tuple[str, ...]
    second_roles: tuple[str, ...]
    start: str
    end: str
    money: tuple[Sum, ...]
    sources: Mapping[str, str]


def evidence(network: Network, first: int, second: int, ask: Ask, language: str = "en") -> tuple[Evidence, ...]:
    """Tell what is behind a tie.

    :param network: the network.
    :param first: number of the node at its one end, the source where ties have a direction.
    :param second: number of the node at its other end.
    :param ask: reads the graph.
    :param language: language of names.
    :returns: the projects and partnerships that make the tie, the latest first; those without a start come last.
    :raises graph_app.questions.errors.QueryError: if the graph does not answer.
    """
    return evidence_of(network.shared(first, second), network.nodes[first], network.nodes[second], ask, language)


def evidence_of(
    contexts: Sequence[str], first: str, second: str, ask: Ask, language: str = "en"
) -> tuple[Evidence, ...]:
    """Tell who does what in some projects.

    :param contexts: IRIs of the projects and partnerships.
    :param first: IRI of an organisation, or of anything that plays no role.
    :param second: IRI of another.
    :param ask: reads the graph.
    :param language: language of names.
    """
    if not contexts:
        return ()
    periods = {
        context: (start, end)
        for context, start, end in _rows(ask("tie-periods", {"context": contexts}), "context", "start", "end")
    }
    money = _rows(ask("project-money", {"context": contexts}), "context", "value", "currency")
    told = _rows(ask("project-datasets", {"context": contexts}), "context", "dataset")
    ends = {"context": contexts, "organisation": [first, second]}
    played = _rows(ask("tie-roles", ends), "context", "organisation", "role")
    label = names(
        sorted({*contexts, *(role for _, _, role in played), *(dataset for _, dataset in told)}), ask, language
    )

    def roles_of(context: str, end: str) -> tuple[str, ...]:
        return tuple(
            sorted(label.get(role) or fallback(role) for of, who, role in played if (of, who) == (context, end))
        )

    found = []
    for context in contexts:
        start, end = periods.get(context, ("", ""))
        sums = tuple(sorted(Sum(value, currency) for of, value, currency in money if of == context))
        sources = {dataset: label.get(dataset) or fallback(dataset) for of, dataset in sorted(told) if of == context}
        roles = roles_of(context, first), roles_of(context, second)
        found.append(Evidence(context, label.get(context) or fallback(context), *roles, start, end, sums, sources))
    by_name = sorted(found, key=lambda one: (one.label, one.context))
    return tuple(sorted(by_name, key=lambda one: one.start, reverse=True))


def _rows(answer: Arrays, *columns: str) -> list[tuple[str, ...]]:
    return list(zip(*(answer.column(name) for name in columns), strict=True))
