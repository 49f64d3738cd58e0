"""Codes of IATI as words of the graph: which concept of ours, or which field, a code of the standard stands for."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from loaders.normalise.countries import country_code
from loaders.normalise.names import lookup_key
from loaders.records import Cell
from loaders.schemes import scheme

__all__ = [
    "AMOUNT_KINDS",
    "BUDGET_STATUSES",
    "BUDGET_TYPES",
    "DATES",
    "HUMANITARIAN_SCOPES",
    "RELATIONS",
    "VOCABULARIES",
    "as_concept",
    "as_country",
    "as_day",
    "as_decimal",
    "as_word",
    "code_of",
    "filled",
    "is_day",
    "read_as",
]

#: The IATI code list whose codes the concepts of a scheme carry as notations.
_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "roles": "iati:OrganisationRole",
        "organisation-types": "iati:OrganisationType",
        "project-statuses": "iati:ActivityStatus",
        "transaction-types": "iati:TransactionType",
    }
)
#: What IATI 1.0x writes in a place, to the code that means the same from 2.01 on.
_EARLIER: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "roles": {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"},
        "dates": {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"},
        "transaction-types": {
            "if": "1",
            "c": "2",
            "d": "3",
            "e": "4",
            "ir": "5",
            "lr": "6",
            "r": "7",
            "qp": "8",
            "qs": "9",
            "cg": "10",
        },
        "vocabularies": {
            "dac": "1",
            "dac-3": "2",
            "cofog": "3",
            "nace": "4",
            "ntee": "5",
            "adt": "6",
            "ro": "99",
            "ro2": "98",
        },
    }
)
#: Type of an activity date, to the field of a project.
DATES: Mapping[str, str] = MappingProxyType(
    {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}
)
#: Type of a related activity, to the field of a project.
RELATIONS: Mapping[str, str] = MappingProxyType(
    {"1": "part_of", "2": "has_part", "3": "related", "4": "related", "5": "related"}
)
#: What the value of a transaction says about money, by the key of its type.
AMOUNT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "incoming-funds": "received",
        "outgoing-commitment": "committed",
        "disbursement": "disbursed",
        "expenditure": "spent",
        "interest-payment": "repaid",
        "loan-repayment": "repaid",
        "reimbursement": "disbursed",
        "purchase-of-equity": "spent",
        "sale-of-equity": "received",
        "credit-guarantee": "committed",
        "incoming-commitment": "committed",
        "outgoing-pledge": "pledged",
        "incoming-pledge": "pledged",
    }
)
BUDGET_TYPES: Mapping[str, str] = MappingProxyType({"1": "original", "2": "revised"})
BUDGET_STATUSES: Mapping[str, str] = MappingProxyType({"1": "indicative", "2": "committed"})
HUMANITARIAN_SCOPES: Mapping[str, str] = MappingProxyType({"1": "humanitarian-emergency", "2": "humanitarian-appeal"})
#: Vocabulary that the standard takes where none is given; elsewhere none is taken.
VOCABULARIES: Mapping[str, str] = MappingProxyType({"sector": "1", "policy-marker": "1", "region": "1"})

_ALPHA2 = 2
#: A day of XML Schema may name its time zone, and some publishers write a time of day, too.
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?")
_BARE_POINT = re.compile(r"([-+]?)(?=[0-9.]*[0-9])([0-9]*)\.([0-9]*)")


def code_of(cell: Cell | None, place: str = "") -> str:
    """Return a code, that of IATI 2.0x where IATI 1.0x writes a word; empty where there is none.

    :param cell: the code as written.
    :param place: what the code tells: ``roles``, ``dates``, ``transaction-types`` or ``vocabularies``; empty for the
        others, which have not changed.
    """
    if cell is None:
        return ""
    text = cell.text.strip()
    return _EARLIER[place].get(lookup_key(text), text) if place in _EARLIER else text


def read_as(cell: Cell, text: str) -> Cell:
    """Return a cell that says what its text means and still shows what the source writes.

    :param cell: the cell as the source has it.
    :param text: what it means.
    """
    return cell if text == cell.text else cell._replace(text=text, source=cell.source or cell.text)


def filled(**values: Cell | tuple[Cell, ...] | None) -> dict[str, tuple[Cell, ...]]:
    """Return the fields of a record that have a value.

    :param values: field to its cell or cells, or to ``None`` or nothing.
    """
    return {
        name: (value,) if isinstance(value, Cell) else value
        for name, value in values.items()
        if value is not None and value
    }


def as_concept(cell: Cell | None, name: str) -> Cell | None:
    """Return a cell with the key of the concept that its code stands for, or as it is where no concept has the code.

    :param cell: a code of the IATI list that belongs to the scheme.
    :param name: name of the scheme.
    """
    if cell is None:
        return None
    key = _key(name, code_of(cell, name))
    return read_as(cell, key) if key else cell


@lru_cache(maxsize=1024)
def _key(name: str, code: str) -> str:
    known = scheme(name)
    found = known.coded(code, _LISTS[name])
    return known.key(found) if found is not None else ""


def as_country(cell: Cell | None) -> Cell | None:
    """Return a cell with the code that the graph has for a country, so that ``SR`` is Suriname and nothing else.

    :param cell: a code of the list Country (ISO 3166 alpha-2); what is no such code stays as it is.
    """
    if cell is None or len(cell.text.strip()) != _ALPHA2:
        return cell
    known = country_code(cell.text)
    return read_as(cell, known) if known is not None else cell


def as_word(cell: Cell | None, words: Mapping[str, str]) -> Cell | None:
    """Return a cell with the word for its code, or as it is where the code has none.

    :param cell: a code.
    :param words: code to word.
    """
    if cell is None:
        return None
    word = words.get(code_of(cell), "")
    return read_as(cell, word) if word else cell


def as_decimal(cell: Cell | None) -> Cell | None:
    """Return a cell with a digit on both sides of the decimal point, where XML Schema lets one side be empty.

    :param cell: a decimal number of XML Schema.
    """
    if cell is None:
        return None
    match = _BARE_POINT.fullmatch(cell.text.strip())
    if match is None:
        return cell
    sign, whole, places = match.groups()
    return read_as(cell, f"{sign}{whole or '0'}" + (f".{places}" if places else ""))


def is_day(cell: Cell) -> bool:
    """Tell whether a cell holds a day of XML Schema.

    :param cell: what stands in the place of a date.
    """
    return _DAY.fullmatch(cell.text.strip()) is not None


def as_day(cell: Cell | None) -> Cell | None:
    """Return a cell with the day alone where a time of day or a time zone follows it.

    :param cell: a date or a time of XML Schema.
    """
    if cell is None:
        return None
    match = _DAY.fullmatch(cell.text.strip())
    return read_as(cell, match[1]) if match is not None else cell
