"""What the values of a column tell about its form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from loaders.errors import ValueFault
from loaders.schemes import COUNTRIES, scheme
from loaders.sources.mapped.readings import DATE_FORMS, NUMBER_FORMS, read_date, read_number

__all__ = [
    "Form",
    "currency_in",
    "date_forms",
    "number_form",
    "separators",
    "share_of_countries",
    "share_of_dates",
    "share_of_numbers",
]

#: Signs and words of money, to the currency that they most likely mean in a list of European projects.
_MONEY = {"€": "EUR", "eur": "EUR", "kč": "CZK", "czk": "CZK", "£": "GBP", "gbp": "GBP", "zł": "PLN", "pln": "PLN"}
_MONEY |= {"ft": "HUF", "huf": "HUF", "usd": "USD", "chf": "CHF", "sek": "SEK", "dkk": "DKK", "ron": "RON"}
#: Share of values that may have another form: slips, which the reader will tell one by one. The heading says already
#: what the column holds, and of a short table written by hand a few slips are many per cent.
_SLIPS = 0.3
#: Share of values with a separator from which a column is taken for one of several values.
_SEVERAL = 0.02


@dataclass(frozen=True, slots=True)
class Form:
    """A form that values have.

    :param name: such as ``d.m.yyyy`` or ``1.234,56``; empty where the usual form is written.
    :param fits: share of values that have it.
    :param rival: another form that fits as many, or empty.
    """

    name: str
    fits: float
    rival: str = ""


def date_forms(values: Sequence[str]) -> Form | None:
    """Return the form that dates of a column have.

    :param values: its values, none of them blank.
    :returns: the form, empty for ISO 8601; ``None`` where they are no dates.
    """
    # ISO 8601 is read beside each form, so it comes first: where it fits as many, no other one is needed.
    forms = ["", *(form for form in DATE_FORMS if form != "yyyy-mm-dd")]
    # A day that there is not, such as the 31st of November, is a slip in a date of some form.
    written = [value for value in values if not _impossible(value, forms[1:])] or values
    return _best([(form, share_of_dates(written, form)) for form in forms])


def _impossible(value: str, forms: Sequence[str]) -> bool:
    """Tell whether a value has the form of a date, and is one in no form."""
    rules = set()
    for form in forms:
        try:
            read_date(value, (form,))
        except ValueFault as fault:
            rules.add(fault.rule)
            continue
        return False
    return "date-impossible" in rules


def share_of_dates(values: Sequence[str], form: str) -> float:
    """Return which share of the values are dates of a form.

    :param values: the values, none of them blank.
    :param form: the form; empty for ISO 8601, which is read beside each other one.
    """
    return _share(values, partial(read_date, forms=(form,) if form else ()))


def number_form(values: Sequence[str], currency: str) -> Form | None:
    """Return the form that numbers of a column have.

    :param values: its values, none of them blank.
    :param currency: code of the currency whose sign may stand with them.
    :returns: the form; ``None`` where they are no numbers.
    """
    forms = [form for form in NUMBER_FORMS if form != "fraction"]
    return _best([(form, share_of_numbers(values, form, currency)) for form in forms])


def share_of_numbers(values: Sequence[str], form: str, currency: str) -> float:
    """Return which share of the values are numbers of a form.

    :param values: the values, none of them blank.
    :param form: a key of :data:`loaders.sources.mapped.readings.NUMBER_FORMS`.
    :param currency: code of the currency whose sign may stand with them.
    """
    return _share(values, partial(read_number, form=form, currency=currency))


def _best(forms: list[tuple[str, float]]) -> Form | None:
    name, fits = max(forms, key=lambda found: found[1])
    if fits < 1 - _SLIPS:
        return None
    rival = next((other for other, share in forms if name and share == fits and _differ(name, other)), "")
    return Form(name, fits, rival)


def _differ(one: str, other: str) -> bool:
    """Tell whether two forms that fit the same values make something else of them."""
    if one in NUMBER_FORMS:
        return NUMBER_FORMS[one][0] != NUMBER_FORMS[other][0]
    return one[0] != other[0]


def _share(values: Sequence[str], read: Callable[[str], str]) -> float:
    fitting = 0
    for value in values:
        try:
            read(value)
        except ValueFault:
            continue
        fitting += 1
    return fitting / len(values) if values else 0.0


def currency_in(texts: Sequence[str]) -> str:
    """Return the currency whose sign or code stands in heading or values, or an empty string.

    :param texts: the heading and some values.
    """
    for text in texts:
        words = text.casefold().replace("(", " ").replace(")", " ").split()
        found = next((code for sign, code in _MONEY.items() if sign in words or (sign in "€£" and sign in text)), "")
        if found:
            return found
    return ""


def share_of_countries(values: Sequence[str], separator: str = "") -> float:
    """Return which share of the values names countries.

    :param values: the values, none of them blank.
    :param separator: what stands between several countries in one cell.
    """
    names = [part.strip() for value in values for part in (value.split(separator) if separator else [value])]
    known = sum(scheme(COUNTRIES).find(name) is not None for name in names if name)
    return known / len(names) if names else 0.0


def separators(values: Sequence[str], among: str) -> str:
    """Return the character that separates several values in one cell, or an empty string.

    :param values: the values, none of them blank.
    :param among: the characters that could.
    """
    counted = {char: sum(char in value.strip(char) for value in values) for char in among}
    best = max(counted, key=lambda char: counted[char])
    return best if values and counted[best] >= _SEVERAL * len(values) else ""
