"""Parameters of questions: from what a person types to a checked RDF term, and from terms into a query.

A term reaches a query only through a slot ``VALUES ?name { UNDEF }`` and only in its serialised form, so no text that a
person types is ever read as SPARQL.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from urllib.parse import urlsplit

from graph_app.questions.results import XSD, Term
from graph_app.questions.tokens import Kind, Token, tokens
from loaders import schemes
from loaders.findings import LANGUAGES
from loaders.vocabulary import BASE, prefixes

__all__ = ["TYPES", "Parameter", "ParameterError", "bind", "has_only_slots", "parse", "read", "serialise"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_SCHEMES = frozenset(("http", "https", "urn", "mailto"))
_FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f-\x9f\ud800-\udfff]')
#: Scheme of the concepts that a type takes, so that any of their names is enough.
_CONCEPTS = {
    "country": "countries",
    "target-group": "target-groups",
    "theme": "themes",
    "role": "roles",
    "organisation-type": "organisation-types",
}
#: Kind of entity that a type takes, so that ``curated/iom`` is enough.
_ENTITIES = {
    "organisation": "organisation",
    "donor": "organisation",
    "project": "project",
    "programme": "programme",
    "partnership": "partnership",
}


class ParameterError(ValueError):
    """A value does not fit its parameter; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question.

    :param name: name of its variable, without question mark.
    :param type: one of :data:`TYPES`.
    :param label: language to label.
    :param required: whether the question needs a value.
    :param default: value where none is given, or ``None``.
    :param multiple: whether it takes several values.
    """

    name: str
    type: str
    label: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    required: bool = False
    default: str | None = None
    multiple: bool = False


def parse(parameter: Parameter, text: str, *, base: str = BASE) -> Term:
    """Check one value and make it a term.

    IRIs may be written in full, with a declared prefix (``role:partner``), by their path under the base
    (``project/curated/access``), or by the key that the type leaves open (``curated/iom``). Concepts go by any of their
    names (``refugees``, ``CZE``, ``Czech Republic``); one that their scheme does not have is refused.

    :param parameter: the parameter that the value is for.
    :param text: what a person typed.
    :param base: base of all instance IRIs.
    :returns: the term.
    :raises ParameterError: if the text is no value of the parameter's type.
    """
    reader = _LITERALS.get(parameter.type)
    if _SURROGATE.search(text):
        raise ParameterError(f"{parameter.name} needs whole characters, not {_shown(text)}.")
    try:
        if reader is not None:
            return reader(text)
        concept = parameter.type in _CONCEPTS
        return Term(
            "iri", _concept(text.strip(), parameter.type) if concept else _iri(text.strip(), parameter.type, base)
        )
    except ValueError as error:
        raise ParameterError(f"{parameter.name} needs {error}, not {_shown(text)}.") from error


def read(
    parameters: Sequence[Parameter], values: Mapping[str, Sequence[str]], *, base: str = BASE
) -> dict[str, list[Term]]:
    """Check the values of a whole question; where there is none, the default stands in.

    :param parameters: the parameters of the question.
    :param values: parameter name to what a person typed; empty texts count as no value.
    :param base: base of all instance IRIs.
    :returns: parameter name to terms, only for parameters that have some.
    :raises ParameterError: if a value does not fit, a required one is missing, or a name is unknown.
    """
    known = [parameter.name for parameter in parameters]
    for name in values:
        if name not in known:
            names = f"It has {', '.join(known)}." if known else "It has none."
            raise ParameterError(f"The question has no parameter {name}. {names}")
    terms: dict[str, list[Term]] = {}
    for parameter in parameters:
        texts = [text for text in values.get(parameter.name, ()) if text.strip()]
        if not texts and parameter.default is not None:
            texts = [parameter.default]
        if not texts and parameter.required:
            raise ParameterError(f"{parameter.name} needs a value.")
        if len(texts) > 1 and not parameter.multiple:
            raise ParameterError(f"{parameter.name} takes one value, not {len(texts)}.")
        if texts:
            terms[parameter.name] = [parse(parameter, text, base=base) for text in texts]
    return terms


def bind(text: str, values: Mapping[str, Sequence[Term]]) -> str:
    """Put terms into the slots ``VALUES ?name { UNDEF }`` of a query.

    :param text: the query.
    :param values: variable name to its terms; a name without terms keeps ``UNDEF``, which means any.
    :returns: the query with its slots filled; text in strings, comments and IRIs is not touched.
    :raises ParameterError: if a name has no slot, or a term cannot be written.
    """
    pieces: list[str] = []
    done = 0
    filled: set[str] = set()
    code = [token for token in tokens(text) if token.kind not in {Kind.BLANK, Kind.COMMENT}]
    for position in range(len(code) - 4):
        name, undef = _slot(code[position : position + 5])
        if undef is not None and values.get(name):
            pieces += [text[done : undef.start], " ".join(serialise(term) for term in values[name])]
            done = undef.end
            filled.add(name)
    missing = sorted(name for name, terms in values.items() if terms and name not in filled)
    if missing:
        raise ParameterError(f"The query has no place VALUES ?{missing[0]} {{ UNDEF }} for the parameter {missing[0]}.")
    return "".join(pieces) + text[done:]


def has_only_slots(text: str, names: Iterable[str]) -> bool:
    """Tell whether names have no place ``VALUES (?name) { (UNDEF) }``, which is none and yet means the same in SPARQL.

    :param text: the query.
    :param names: variables.
    """
    return not any(re.search(rf"\(\s*[?$]{re.escape(name)}\s*\)\s*\{{", text) for name in names)


def serialise(term: Term) -> str:
    """Write a term as SPARQL reads it.

    :param term: an IRI or a literal.
    :returns: its text.
    :raises ParameterError: for a blank node, or an IRI with characters that no IRI has.
    """
    if term.kind == "bnode":
        raise ParameterError("A blank node cannot be a parameter: it has no name outside its answer.")
    if term.kind == "iri":
        return f"<{_checked_iri(term.value)}>"
    text = f'"{term.value.translate(_ESCAPES)}"'
    if term.language:
        if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", term.language):
            raise ParameterError(f"{_shown(term.language)} is not a language tag.")
        return f"{text}@{term.language}"
    return f"{text}^^<{_checked_iri(term.datatype)}>" if term.datatype else text


_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"})


def _slot(five: Sequence[Token]) -> tuple[str, Token | None]:
    values, variable, opening, undef, closing = five
    if (values.kind, values.text.upper(), variable.kind) == (Kind.WORD, "VALUES", Kind.VARIABLE) and (
        opening.text,
        undef.text.upper(),
        closing.text,
    ) == ("{", "UNDEF", "}"):
        return variable.text[1:], undef
    return "", None


def _checked_iri(text: str) -> str:
    bad = _FORBIDDEN_IN_IRI.search(text)
    if bad or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        raise ParameterError(f"{_shown(text)} is not an IRI.")
    return text


def _iri(text: str, kind: str, base: str) -> str:
    expanded = _expand(text, kind, base)
    try:
        scheme = urlsplit(expanded).scheme
    except ValueError:
        scheme = ""
    if scheme not in _SCHEMES or _FORBIDDEN_IN_IRI.search(expanded):
        raise ValueError(f"an IRI ({', '.join(sorted(_SCHEMES))}) or its short form")
    return expanded


def _concept(text: str, kind: str) -> str:
    known = schemes.scheme(_CONCEPTS[kind])
    found = known.find(_expand(text, kind, ""))
    if found is None:
        nearest = get_close_matches(text, known.choices("en"), n=3, cutoff=0.0)
        raise ValueError(f"a {kind.replace('-', ' ')}, such as {', '.join(nearest)}")
    return str(found)


def _expand(text: str, kind: str, base: str) -> str:
    prefix, colon, local = text.partition(":")
    if colon:
        return prefixes()[prefix] + local if prefix in prefixes() and not local.startswith("//") else text
    if not text:
        return text
    if kind in _CONCEPTS:
        return text
    if kind not in _ENTITIES:
        return base + text
    path = f"curated/{text}" if "/" not in text else text
    return base + (path if path.startswith(f"{_ENTITIES[kind]}/") else f"{_ENTITIES[kind]}/{path}")


def _matched(pattern: str, what: str, datatype: str = "") -> Callable[[str], Term]:
    def reader(text: str) -> Term:
        if not re.fullmatch(pattern, text.strip(), re.ASCII):
            raise ValueError(what)
        return Term("literal", text.strip(), datatype=datatype and XSD + datatype)

    return reader


def _date(text: str) -> Term:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError("a date such as 2024-01-31") from error
    return Term("literal", day.isoformat(), datatype=XSD + "date")


_LITERALS: Mapping[str, Callable[[str], Term]] = MappingProxyType(
    {
        "text": lambda text: Term("literal", text),
        "month": _matched(r"\d{4}-(0[1-9]|1[0-2])", "a month such as 2024-01"),
        "year": _matched(r"\d{4}", "a year such as 2024", "integer"),
        "integer": _matched(r"[+-]?\d{1,30}", "a whole number", "integer"),
        "decimal": _matched(r"[+-]?\d{1,18}(\.\d{1,18})?", "a number with a decimal point, such as 1200.50", "decimal"),
        "date": _date,
        "language": _matched("|".join(LANGUAGES), f"one of the languages {', '.join(LANGUAGES)}"),
    }
)

#: Every type that a parameter may have.
TYPES = frozenset({"iri", *_CONCEPTS, *_ENTITIES, *_LITERALS})


def _shown(text: str) -> str:
    short = text if len(text) <= 60 else text[:57] + "…"
    return ascii(short) if _SURROGATE.search(short) else repr(short)
