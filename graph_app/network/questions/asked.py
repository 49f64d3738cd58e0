"""What questions need to know beside the network: when projects run, what fits a theme, who has led what."""

from collections.abc import Mapping, Sequence

from graph_app.network.asking import Ask
from graph_app.network.questions.leads import Led
from graph_app.network.questions.years import Years

__all__ = ["fitting", "led", "periods", "years_of"]


def periods(ask: Ask) -> Mapping[str, tuple[str, str]]:
    """Read when projects and partnerships begin and end.

    :param ask: reads the graph.
    :returns: IRI to the first and the last day that sources allow, empty where none is stated.
    """
    answer = ask("tie-periods", {})
    rows = zip(*(answer.column(name) for name in ("context", "start", "end")), strict=True)
    return {context: (start, end) for context, start, end in rows}


def years_of(dates: Mapping[str, tuple[str, str]]) -> Years:
    """Return the years of periods.

    :param dates: as :func:`periods` gives them.
    """
    return {context: (_year(start), _year(end)) for context, (start, end) in dates.items()}


def fitting(ask: Ask, themes: Sequence[str], countries: Sequence[str]) -> frozenset[str]:
    """Find the projects and partnerships on any of some themes, and in any of some countries.

    :param ask: reads the graph.
    :param themes: IRIs of themes, which include the narrower ones; none for any.
    :param countries: IRIs of countries of activity; none for any.
    :returns: their IRIs.
    """
    return frozenset(ask("memberships", _given(theme=themes, country=countries)).column("context"))


def led(ask: Ask, themes: Sequence[str], countries: Sequence[str]) -> tuple[Led, ...]:
    """Read who has led projects, or carried them out.

    :param ask: reads the graph.
    :param themes: IRIs of themes, which include the narrower ones; none for any.
    :param countries: IRIs of countries of activity; none for any.
    """
    answer = ask("leads", _given(theme=themes, country=countries))
    columns = [answer.column(name) for name in ("organisation", "project", "role", "country", "end")]
    return tuple(
        Led(organisation, project, role, country, _year(end))
        for organisation, project, role, country, end in zip(*columns, strict=True)
    )


def _given(**values: Sequence[str]) -> dict[str, list[str]]:
    return {name: list(iris) for name, iris in values.items() if iris}


def _year(day: str) -> int:
    return int(day[:4]) if day else 0
