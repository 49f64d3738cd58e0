"""What a network is narrowed to, as addresses, saved views and the command line hold it."""

import calendar
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, Self, get_args

from graph_app.questions.parameters import Parameter, ParameterError, parse
from loaders.vocabulary import BASE, ROLE, prefixes

__all__ = ["KINDS", "FilterError", "Filters", "Place", "Weight"]

Place = Literal["activity", "seat"]
Weight = Literal["count", "newman", "money"]

#: Filters that take several things, with the type of parameter that reads each.
KINDS: Mapping[str, str] = {
    "organisation": "organisation",
    "project": "project",
    "country": "country",
    "donor": "donor",
    "programme": "programme",
    "target_group": "target-group",
    "theme": "theme",
    "role": "role",
    "exclude_roles": "role",
    "dataset": "iri",
    "organisation_type": "organisation-type",
}
_FUNDERS = (str(ROLE.funder),)
#: Stands in an address for a filter that is empty on purpose.
_NOTHING = "none"
#: Type of parameter to the prefix of its concepts, whose names are short enough for addresses.
_PREFIX = {
    "country": "country",
    "target-group": "tg",
    "theme": "theme",
    "role": "role",
    "organisation-type": "orgtype",
}
_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


class FilterError(ValueError):
    """A filter cannot be read; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the graph a network is made of; what is empty means any.

    :param start: year, month or day; what ended before does not count.
    :param end: year, month or day; what began after does not count.
    :param as_of: year, month or day at which a project runs; it takes the place of start and end.
    :param country: countries, where projects take place or organisations have their seat, as ``place`` says.
    :param place: ``activity`` or ``seat``.
    :param donor: organisations that pay.
    :param programme: programmes and funds, with their calls.
    :param target_group: target groups, with the narrower ones.
    :param theme: themes, with the narrower ones.
    :param role: roles that count.
    :param exclude_roles: roles that do not count; funders unless said otherwise.
    :param dataset: datasets that tell of the project.
    :param organisation_type: types of organisation, with the narrower ones.
    :param organisation: organisations that take part in the project.
    :param project: projects and partnerships.
    :param minimum: least weight of a tie.
    :param weight: which weight that is, and which one measures take: ``count``, ``newman`` or ``money``.
    :param currency: currency of money, such as EUR; the most frequent one of the network where it is empty.
    """

    start: str = ""
    end: str = ""
    as_of: str = ""
    country: tuple[str, ...] = ()
    place: Place = "activity"
    donor: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    target_group: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    exclude_roles: tuple[str, ...] = _FUNDERS
    dataset: tuple[str, ...] = ()
    organisation_type: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    minimum: float = 0.0
    weight: Weight = "count"
    currency: str = ""

    def __post_init__(self) -> None:
        """Refuse what no network can be narrowed to.

        :raises FilterError: if a value does not fit.
        """
        for name in ("start", "end", "as_of"):
            _day(name, getattr(self, name), last=False)
        for name, choices in (("place", get_args(Place)), ("weight", get_args(Weight))):
            if getattr(self, name) not in choices:
                raise FilterError(f"{_spoken(name)} is one of {', '.join(choices)}, not {getattr(self, name)!r}.")
        if not (math.isfinite(self.minimum) and self.minimum >= 0):
            raise FilterError(f"minimum is a number from 0 on, not {self.minimum!r}.")
        if self.currency and not _CURRENCY.fullmatch(self.currency):
            raise FilterError(f"currency is a code of three letters such as EUR, not {self.currency!r}.")
        first, last = self.period
        if first and last and first > last:
            raise FilterError(f"start is after end: {self.start} and {self.end}. Exchange them.")

    @property
    def period(self) -> tuple[str, str]:
        """First and last day that count, empty where any does."""
        first, last = (self.as_of, self.as_of) if self.as_of else (self.start, self.end)
        return _day("start", first, last=False), _day("end", last, last=True)

    def parameters(self) -> dict[str, list[str]]:
        """Return the values of the parameters of the networks' queries, by their names there."""
        first, last = self.period
        values: dict[str, Sequence[str]] = {
            "organisation": self.organisation,
            "project": self.project,
            "country" if self.place == "activity" else "seat": self.country,
            "from": [first],
            "to": [last],
            "donor": self.donor,
            "programme": self.programme,
            "targetGroup": self.target_group,
            "theme": self.theme,
            "role": self.role,
            "excluded": self.exclude_roles,
            "dataset": self.dataset,
            "organisationType": self.organisation_type,
        }
        return {name: list(texts) for name, texts in values.items() if any(texts)}

    def to_query(self, base: str = BASE) -> dict[str, list[str]]:
        """Write the filters for an address; what is as usual is left out.

        :param base: base of all instance IRIs.
        :returns: name to texts.
        """
        query: dict[str, list[str]] = {}
        for name, value in self.to_json().items():
            if isinstance(value, list):
                query[_spoken(name)] = [_short(KINDS[name], str(iri), base) for iri in value] or [_NOTHING]
            else:
                query[_spoken(name)] = [f"{value:g}" if isinstance(value, float) else str(value)]
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]], base: str = BASE) -> Self:
        """Read filters from an address; names of other things in it are passed over.

        :param query: name to texts, as :meth:`to_query` writes them, or any other form that people write.
        :param base: base of all instance IRIs.
        :raises FilterError: if a value cannot be read.
        """
        known = {_spoken(one.name): one.name for one in fields(cls)}
        given: dict[str, object] = {}
        for spoken, texts in query.items():
            name = known.get(spoken, "")
            if name in KINDS:
                given[name] = _iris(name, [text for text in texts if text.strip()], base)
            elif name and texts and texts[-1].strip():
                given[name] = texts[-1].strip()
        return cls.from_json(given)

    def to_json(self) -> dict[str, object]:
        """Return what differs from the usual, in the forms that JSON has."""
        values = ((one.name, getattr(self, one.name), one.default) for one in fields(self))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value, default in values
            if value != default
        }

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Self:
        """Read filters from JSON.

        :param values: as :meth:`to_json` gives them.
        :raises FilterError: if a name is unknown or a value does not fit.
        """
        defaults = {one.name: one.default for one in fields(cls)}
        given: dict[str, Any] = {}
        for name, value in values.items():
            if name not in defaults:
                raise FilterError(f"There is no filter {name}. There are {', '.join(defaults)}.")
            given[name] = _fitting(name, value)
        return cls(**given)


def _fitting(name: str, value: object) -> object:
    if name in KINDS:
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise FilterError(f"{_spoken(name)} is a list of IRIs, not {value!r}.")
        return tuple(dict.fromkeys(value))
    if name == "minimum":
        try:
            return float(str(value))
        except ValueError:
            raise FilterError(f"minimum is a number from 0 on, not {value!r}.") from None
    if not isinstance(value, str):
        raise FilterError(f"{_spoken(name)} is a text, not {value!r}.")
    return value


def _iris(name: str, texts: Sequence[str], base: str) -> list[str]:
    if texts == [_NOTHING]:
        return []
    reader = Parameter(_spoken(name), KINDS[name])
    try:
        return [parse(reader, text, base=base).value for text in texts]
    except ParameterError as error:
        raise FilterError(str(error)) from error


def _spoken(name: str) -> str:
    return name.replace("_", "-")


def _short(kind: str, iri: str, base: str) -> str:
    if kind in _PREFIX:
        return iri.removeprefix(prefixes()[_PREFIX[kind]])
    return iri.removeprefix(base)


def _day(name: str, text: str, *, last: bool) -> str:
    """Return the first or the last day of a year or month."""
    if not text:
        return ""
    parts = _DAY.fullmatch(text)
    if parts is None or parts[1] == "0000":
        raise FilterError(f"{_spoken(name)} is a year, a month or a day such as 2024-01-31, not {text!r}.")
    year, month = int(parts[1]), int(parts[2] or (12 if last else 1))
    days = calendar.monthrange(year, month)[1]
    day = int(parts[3] or (days if last else 1))
    if not 1 <= day <= days:
        raise FilterError(f"{_spoken(name)} is no day of the calendar: {text}.")
    return f"{year:04}-{month:02}-{day:02}"
