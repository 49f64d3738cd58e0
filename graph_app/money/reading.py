"""Read the book of a release."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from graph_app.money.book import NONE, Ask, Book, Bools, Days, Names, Numbers
from graph_app.money.pairing import different_pairs
from graph_app.money.shares import shares_of
from graph_app.questions.arrays import Arrays

__all__ = ["VIEWS", "read_book"]

#: Queries that a book is read with.
VIEWS = (
    "money-sources",
    "money-amounts",
    "money-recipients",
    "money-funders",
    "money-shares",
    "money-countries",
    "money-target-groups",
    "money-programmes",
    "tie-periods",
)
Strings = npt.NDArray[np.str_]


def read_book(ask: Ask) -> Book:
    """Read all that a release states about money.

    :param ask: reads the release.
    :raises graph_app.questions.errors.QueryError: if the graph does not answer.
    """
    told = {name: ask(name, {}) for name in VIEWS}
    projects, givers, recipients, programmes, countries, groups, sources, amounts = (Names() for _ in range(8))
    for answer in told.values():
        if "context" in answer.columns:
            projects.numbered(answer, "context")
    at = told["money-sources"]
    rows = sources.numbered(at, "source")
    first = _first(rows)
    source_project = projects.numbered(at, "context")[first]
    source_day = _days(at, "day")[first]
    of = told["money-amounts"]
    # What belongs to no project is no part of any sum.
    belongs = sources.numbered(of, "source")
    kept = _first(amounts.numbered(of, "amount"))
    kept = kept[belongs[kept] < len(first)]
    amount_source = belongs[kept]
    start, end = _periods(told["tie-periods"], projects)
    days = (
        ("stated", _days(of, "day")[kept]),
        ("transaction", source_day[amount_source]),
        ("budget", _days(of, "from")[kept]),
        ("start", start[source_project[amount_source]]),
    )
    day, dated = _dated(days, len(kept))
    received, funded, grouped = (told[f"money-{name}"] for name in ("recipients", "funders", "target-groups"))
    received_source = sources.numbered(received, "source")
    known = received_source < len(first)
    shares = shares_of(told["money-shares"], told["money-countries"], projects, countries)
    value = np.array([float(text) if text else np.nan for text in of.column("value")])[kept]
    return Book(
        release=at.release,
        queries=tuple(answer.query for answer in told.values()),
        projects=projects,
        project_start=start,
        project_end=end,
        givers=givers,
        recipients=recipients,
        programmes=programmes,
        countries=countries,
        groups=groups,
        sources=sources,
        source_place=np.array(at.column("place"))[first],
        source_type=_local(at, "type")[first],
        source_project=source_project,
        source_giver=_only(rows, givers.numbered(at, "giver"), len(first)),
        source_programme=_only(rows, programmes.numbered(at, "programme"), len(first)),
        amounts=amounts,
        amount_number=amounts.numbered(of, "amount")[kept],
        amount_source=amount_source,
        amount_value=value,
        amount_currency=np.array(of.column("currency"), "U3")[kept],
        amount_kind=_local(of, "kind")[kept],
        amount_regrant=_is(_local(of, "level")[kept], "regrant"),
        amount_revised=_is(np.char.lower(np.array(of.column("revision"), str))[kept], "revised", "2"),
        amount_first=np.array(of.column("from"), str)[kept],
        amount_day=day,
        amount_dated=dated,
        received_source=received_source[known],
        received_recipient=recipients.numbered(received, "recipient")[known],
        funded_project=projects.numbered(funded, "context"),
        funded_giver=givers.numbered(funded, "giver"),
        shares_project=shares.project,
        shares_country=shares.country,
        shares=shares.part,
        grouped_project=projects.numbered(grouped, "context"),
        grouped_group=groups.numbered(grouped, "group"),
        above=_above(told["money-programmes"], programmes),
    )


def _first(numbers: Numbers) -> Numbers:
    """Return the row at which each number stands first; numbers are given in that order."""
    return np.unique(numbers, return_index=True)[1].astype(np.int32)


def _only(rows: Numbers, values: Numbers, size: int) -> Numbers:
    """Return the one value of each source, none where several are stated: a sum is then nobody's alone."""
    stated = values != NONE
    source, value, _ = different_pairs(rows[stated], values[stated])
    found = np.full(size, NONE, np.int32)
    found[source] = value
    found[np.bincount(source, minlength=size) > 1] = NONE
    return found


def _days(answer: Arrays, column: str) -> Days:
    """Return dates as days; a year or month stands for its first one, and what is no date is not known."""
    texts = answer.texts
    codes = answer.columns[column]
    known = np.full(len(texts) + 1, np.datetime64("NaT"), "datetime64[D]")
    for code in np.unique(codes[codes >= 0]).tolist():
        try:
            known[code] = np.datetime64(texts[code][:10], "D")
        except ValueError:
            continue
    return known[codes]


def _local(answer: Arrays, column: str) -> Strings:
    """Return the last part of the IRIs of concepts."""
    codes, texts = answer.columns[column], answer.texts
    used = np.unique(codes[codes >= 0])
    place = np.zeros(len(texts) + 1, np.int32)
    place[used] = np.arange(1, len(used) + 1)
    return np.array(["", *(texts[code].rpartition("/")[2] for code in used.tolist())])[place[codes]]


def _is(texts: Strings, *ones: str) -> Bools:
    return np.isin(texts, ones)


def _dated(days: Sequence[tuple[str, Days]], size: int) -> tuple[Days, Strings]:
    day = np.full(size, np.datetime64("NaT"), "datetime64[D]")
    dated = np.full(size, "", "U11")
    for name, found in days:
        use = np.isnat(day) & ~np.isnat(found)
        day[use], dated[use] = found[use], name
    return day, dated


def _periods(answer: Arrays, projects: Names) -> tuple[Days, Days]:
    """Return first and last day of the projects; partnerships have periods too, and no money."""
    number = projects.numbered(answer, "context")
    start, end = (np.full(len(projects), np.datetime64("NaT"), "datetime64[D]") for _ in range(2))
    start[number], end[number] = _days(answer, "start"), _days(answer, "end")
    return start, end


def _above(answer: Arrays, programmes: Names) -> dict[int, tuple[int, ...]]:
    parts = programmes.numbered(answer, "programme").tolist()
    wholes = programmes.numbered(answer, "above").tolist()
    found: dict[int, tuple[int, ...]] = {}
    for part, whole in zip(parts, wholes, strict=True):
        found[part] = (*found.get(part, ()), whole)
    return found
