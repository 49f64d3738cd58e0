"""What can be chosen in a column: concepts of a scheme, currencies, languages, yes and no."""

from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

from loaders.errors import ValueFault
from loaders.fields import ValueKind
from loaders.findings import LANGUAGES
from loaders.normalise.languages import language_code
from loaders.normalise.money import currency
from loaders.schemes import scheme
from loaders.template.sheets import Column
from loaders.template.texts import text

__all__ = ["choices", "list_name", "same_choice"]

#: Length of the codes of languages that are in wide use; there are hundreds of others.
_USUAL = 2


def list_name(column: Column) -> str:
    """Return the name of the list that a column is filled from; columns of one list share it.

    :param column: the column.
    :returns: name of a scheme, ``currencies``, ``languages`` or ``truths``; empty where anything may be written.
    """
    named = {ValueKind.CURRENCY: "currencies", ValueKind.LANGUAGE: "languages", ValueKind.BOOLEAN: "truths"}
    return column.choices or (named.get(column.values, "") if column.values is not None else "")


@cache
def choices(name: str, language: str, reader: str) -> Mapping[str, str]:
    """Return what can be chosen from a list.

    :param name: name of the list, as :func:`list_name` gives it.
    :param language: language in which cells are written.
    :param reader: language of the person who chooses.
    :returns: what a cell says to what the person reads, in the order of what is read.
    """
    match name:
        case "truths":
            return {text("workbook", word)[language]: text("workbook", word)[reader] for word in ("yes", "no")}
        case "currencies":
            names = Locale.parse(reader).currencies
            return {code: f"{code} – {names.get(code, code)}" for code in _currencies()}
        case "languages":
            spoken = Locale.parse(reader).languages
            found = {code: f"{spoken.get(code, code)} ({code})" for code in _languages()}
        case _:
            found = {concept.label(language): concept.label(reader) for concept in scheme(name).concepts}
    return dict(sorted(found.items(), key=lambda choice: choice[1].casefold()))


def same_choice(name: str, language: str, written: str) -> str:
    """Return a choice as cells write it.

    :param name: name of the list.
    :param language: language in which cells are written.
    :param written: the choice in any of its forms, such as a code or a label in another language.
    :returns: the text of the choice; ``written`` itself if it is none.
    """
    try:
        match name:
            case "truths":
                words = {word: text("workbook", word) for word in ("yes", "no")}
                return next((said[language] for said in words.values() if written.casefold() in said.values()), written)
            case "currencies":
                return currency(written)
            case "languages":
                return language_code(written)
    except ValueFault:
        return written
    known = scheme(name)
    iri = known.find(written)
    return next((concept.label(language) for concept in known.concepts if concept.iri == iri), written)


@cache
def _currencies() -> tuple[str, ...]:
    """Return the codes of the currencies that are legal tender somewhere today."""
    used = (use for uses in get_global("territory_currencies").values() for use in uses)
    return tuple(sorted({code for code, _, until, tender in used if until is None and tender}))


@cache
def _languages() -> tuple[str, ...]:
    """Return the codes of languages that have a short code and a name."""
    return tuple(code for code in map(str, Locale.parse(LANGUAGES[0]).languages) if len(code) == _USUAL)
