"""The repaired text of a faulty value, where it follows from the value alone and nothing is guessed."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from graph_app.validation.near import NearNames
from graph_app.validation.written_dates import iso_date
from loaders.errors import ValueFault
from loaders.fields import Field, ValueKind
from loaders.findings import LANGUAGES, Finding
from loaders.identifiers import is_iri
from loaders.mapping.words import word_term
from loaders.model import ENTITIES
from loaders.normalise.countries import country_names
from loaders.normalise.languages import language_names
from loaders.normalise.money import currency_names, decimal
from loaders.normalise.names import lookup_key, suspicions, visible
from loaders.schemes import COUNTRIES, Scheme, scheme
from loaders.template.sheets import SEPARATOR
from loaders.vocabulary import IG

__all__ = ["repaired", "repaired_cell"]

_UNKNOWN = "unknown-"
#: Longer values are no single date, number, word or address.
_LONGEST = 2_000
_PERCENTAGES = frozenset(map(str, (IG.percentage, IG.coFinancingRate)))

_AROUND_SIGN = re.compile(r"(?<=[0-9])\s*([.,])\s*(?=[0-9])")
#: How Czech writes a whole sum of money: ``1200,-``.
_NO_HELLERS = re.compile(r"(?<=[0-9])\s*[.,]\s*[-–—]{1,2}$")
_APOSTROPHES = re.compile(r"[-+]?[0-9]{1,3}(?:['’][0-9]{3})+(?:[.,][0-9]+)?")
#: Thousands, or three decimals.
_EITHER = re.compile(r"[-−+]?[0-9]{1,3}[.,][0-9]{3}")

_SCHEME = re.compile(r"(https?)[:;]?[/\\]{1,3}(?=[^/\\])", re.IGNORECASE)
_HOST = re.compile(r"(www\.)?(?:[^\W_](?:[\w-]*[^\W_])?\.)+([a-z]{2,})(?::[0-9]+)?(?=[/?#]|$)", re.IGNORECASE)
#: Endings of hosts that are no country's.
_ENDINGS = frozenset({"com", "edu", "eu", "gov", "info", "int", "net", "org"})

#: What people and spreadsheets write for yes and no, to what is read.
_TRUTHS: Mapping[str, str] = MappingProxyType(
    {word: word for word in ("yes", "no", "ano", "ne", "true", "false")}
    | {"y": "yes", "n": "no", "a": "ano", "pravda": "ano", "nepravda": "ne", "t": "true", "f": "false"}
)


def repaired(found: Finding) -> str:
    """Return what should stand in place of a finding's value.

    :param found: the finding.
    :returns: the repaired value, which is read without this fault; empty where it cannot be told for certain, such as
        for ``03/04/2024`` or a word that is near to two names of a list.
    """
    if not found.value or len(found.value) > _LONGEST:
        return ""
    return _repaired(found.rule, found.value, found.path)


def repaired_cell(text: str, findings: Iterable[Finding]) -> str:
    """Return the whole text of a cell with its faulty values repaired; a cell can hold several.

    :param text: the text of the cell.
    :param findings: findings about it.
    :returns: the text; empty where nothing in it can be repaired.
    """
    mended = {found.value.strip(): value for found in findings if (value := repaired(found))}
    if text.strip() in mended:
        return mended[text.strip()]
    parts = [part.strip() for part in text.split(SEPARATOR)]
    return f"{SEPARATOR} ".join(mended.get(part, part) for part in parts) if not mended.keys().isdisjoint(parts) else ""


@lru_cache(maxsize=65_536)
def _repaired(rule: str, value: str, path: str) -> str:
    if rule.startswith(_UNKNOWN):
        text = _named(rule.removeprefix(_UNKNOWN), value)
    else:
        repair = _REPAIRS.get(rule)
        text = repair(value, path) if repair is not None else ""
    return text if text and text != value and _is_read(text, path) else ""


def _is_read(text: str, path: str) -> bool:
    """Tell whether every field that a property fills reads a text."""
    try:
        for field in _fields().get(path, ()):
            if field.kind not in {ValueKind.TEXT, ValueKind.STRING, ValueKind.REFERENCE}:
                word_term(field.kind, field.target, text)
    except ValueFault:
        return False
    return True


@cache
def _fields() -> Mapping[str, list[Field]]:
    fields: dict[str, list[Field]] = {}
    for entity in ENTITIES.values():
        for field in entity.fields:
            fields.setdefault(str(field.path), []).append(field)
    return fields


def _date(value: str, _path: str) -> str:
    return iso_date(value)


def _number(value: str, path: str) -> str:
    text = value.strip()
    if path in _PERCENTAGES:
        text = text.removesuffix("%").rstrip()
    text = _AROUND_SIGN.sub(r"\1", _NO_HELLERS.sub("", text))
    if _APOSTROPHES.fullmatch(text) is not None:
        text = re.sub("['’]", "", text)
    elif _EITHER.fullmatch(text) is not None:
        return ""
    try:
        return format(decimal(text), "f")
    except ValueFault as fault:
        return fault.details["repaired"] if fault.rule == "decimal-comma" else ""


def _address(value: str, _path: str) -> str:
    text = re.sub(r"\s*([/:])\s*", r"\1", visible(value).strip(" \t\r\n<>\"'“”„"))
    text = _SCHEME.sub(lambda match: f"{match[1].lower()}://", text, count=1) if _SCHEME.match(text) else text
    if not is_iri(text):
        text = text.removeprefix("//")
        host = _HOST.match(text)
        known = host is not None and (host[1] or len(host[2]) == 2 or host[2].lower() in _ENDINGS)
        text = f"https://{text}" if known else ""
    return text if is_iri(text) and _HOST.match(text.partition("://")[2]) else ""


def _truth(value: str, _path: str) -> str:
    return _TRUTHS.get(value.strip().rstrip(".!").casefold(), "")


def _without_hidden(value: str, _path: str) -> str:
    text = visible(value)
    return text if text.strip() and not suspicions(text) else ""


_REPAIRS: Mapping[str, Callable[[str, str], str]] = MappingProxyType(
    {
        **dict.fromkeys(("date-unreadable", "date-impossible", "date-serial", "map-date"), _date),
        **dict.fromkeys(("decimal-comma", "number-unreadable"), _number),
        "not-a-web-address": _address,
        "not-yes-or-no": _truth,
        "invisible-character": _without_hidden,
    }
)


def _named(kind: str, value: str) -> str:
    """Return the name of a list that a word comes near to."""
    near = _near(kind)
    found = near.find(value) if near is not None else None
    if found is None or not found[0]:
        return ""
    meant, name = found
    if kind in {"currency", "language"}:
        return meant
    return _label(scheme(kind), meant, name)


@cache
def _near(kind: str) -> NearNames | None:
    match kind:
        case "currency":
            return NearNames(currency_names().items())
        case "language":
            return NearNames(language_names().items())
        case _ if not _is_scheme(kind):
            return None  # a rule about something else, such as unknown-column
    known = scheme(kind)
    names = {name: str(iri) for name, iri in known.index.items() if not is_iri(name)}
    if kind == COUNTRIES:
        by_code = {code: known.find(code) for code in set(country_names().values()) if code}
        names |= {name: str(by_code.get(code) or "") for name, code in country_names().items()}
    return NearNames(names.items())


def _is_scheme(kind: str) -> bool:
    fields = (field for fields in _fields().values() for field in fields)
    return any(field.kind is ValueKind.CONCEPT and field.target == kind for field in fields)


def _label(known: Scheme, meant: str, name: str) -> str:
    """Return a name as the list writes it: in the language of the word that came near, if one of its labels did."""
    (concept,) = [concept for concept in known.concepts if str(concept.iri) == meant]
    labels = {lookup_key(label): label for label in concept.labels.values()}
    if known.name == COUNTRIES:
        return labels.get(name) or concept.label(LANGUAGES[0])
    return labels.get(name, name)
