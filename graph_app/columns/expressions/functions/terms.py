"""Functions on RDF terms (SPARQL 1.1, section 17.4.2), and UUID, STRUUID, RAND and NOW."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import urljoin

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions.durations import DAY_TIME
from graph_app.columns.expressions.functions.iris import is_absolute
from graph_app.columns.expressions.functions.shaping import among, choose, error, guarded, literals, nullable
from graph_app.columns.expressions.operand import Literal, Operand, Parts, Scalar, datatype_iri, single, truth
from graph_app.columns.kinds import LITERALS, NUMERIC, RESOURCES, Kind, ordinal
from graph_app.columns.sql import all_of, quoted
from graph_app.columns.terms import XSD, XSD_STRING, Constant

__all__ = ["FUNCTIONS", "VOLATILE"]

#: Functions that give another value at each call: whoever uses the result twice has to compute it once.
VOLATILE = frozenset({"UUID", "STRUUID", "RAND"})

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#: Language tags that are surely well-formed: language, script and region.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2}|-[0-9]{3})?")


def text_of(operand: Operand) -> Operand:
    """STR, 17.4.2.5: an IRI or the lexical form of a literal, as a string."""
    if isinstance(operand, Literal) and not operand.kinds & Kind.BLANK:
        return Literal(kinds=Kind.STRING, nullable=False, term=Constant(Kind.STRING, operand.term.lex))
    named = among(operand, ~Kind.BLANK)
    return choose([(named, Scalar(kinds=Kind.STRING, sql=operand.part("l"), nullable=operand.nullable))], Kind.STRING)


def language(operand: Operand) -> Operand:
    """LANG, 17.4.2.6: the language tag of a literal, empty where it has none."""
    if not operand.kinds & LITERALS:
        return error(Kind.STRING)
    known = literals(operand)
    if operand.kinds & Kind.LANG:
        sql = operand.part("g")
    else:
        sql, known = "''", known or ("" if not operand.nullable else operand.exists)
    return Scalar(kinds=Kind.STRING, sql=guarded(sql, known), nullable=operand.nullable or bool(known))


def datatype(operand: Operand) -> Operand:
    """DATATYPE, 17.4.2.7."""
    sure = not operand.nullable and not operand.kinds & RESOURCES
    return Scalar(kinds=Kind.IRI, sql=datatype_iri(operand), nullable=not sure)


def iri(operand: Operand, base: Operand | None = None) -> Operand:
    """IRI, 17.4.2.8: an IRI as it is, or that of a string.

    :param operand: the argument.
    :param base: what a relative IRI is relative to, where the query says so.
    """
    text = _resolved(operand, base).part("l")
    branches = [(among(operand, Kind.IRI), Scalar(kinds=Kind.IRI, sql=operand.part("l"), nullable=operand.nullable))]
    if operand.kinds & Kind.STRING:
        branches.append((among(operand, Kind.STRING), Scalar(kinds=Kind.IRI, sql=guarded(text, is_absolute(text)))))
    return choose(branches, Kind.IRI)


def _resolved(operand: Operand, base: Operand | None) -> Operand:
    if base is None or not operand.kinds & Kind.STRING:
        return operand
    if not isinstance(operand, Literal) or not isinstance(base, Literal):
        raise Declined("IRI takes a computed text, and the query has a base")
    if not re.fullmatch(r"[A-Za-z0-9_/#-]+", operand.term.lex):
        raise Declined("IRI takes an unusual relative IRI")
    return Literal(kinds=Kind.STRING, term=Constant(Kind.STRING, urljoin(base.term.lex, operand.term.lex)))


def typed(lexical: Operand, kind: Operand) -> Operand:
    """STRDT, 17.4.2.10: a literal of a datatype, from a string."""
    if not lexical.kinds & Kind.STRING or not kind.kinds & Kind.IRI:
        return error(Kind.OTHER)
    if not isinstance(kind, Literal):
        raise Declined("STRDT takes a datatype that is not written out")
    name = kind.term.lex
    if isinstance(lexical, Literal):
        term = Constant.literal(lexical.term.lex, name)
        return Literal(kinds=term.kind, nullable=False, term=term)
    string = among(lexical, Kind.STRING)
    if name == XSD_STRING:
        return choose(
            [(string, Scalar(kinds=Kind.STRING, sql=lexical.part("l"), nullable=lexical.nullable))], Kind.STRING
        )
    if name == DAY_TIME:
        return _literal(Kind.UNSURE, guarded(lexical.part("l"), string), name, "''")
    if name.startswith((XSD, _RDF)) and name != XSD + "anyURI":
        raise Declined("STRDT makes values of computed texts")
    return _literal(Kind.OTHER, guarded(lexical.part("l"), string), name, "''")


def tagged(lexical: Operand, tag: Operand) -> Operand:
    """STRLANG, 17.4.2.11: a literal with a language tag, from two strings."""
    if not lexical.kinds & Kind.STRING or not tag.kinds & Kind.STRING:
        return error(Kind.LANG)
    if not isinstance(tag, Literal):
        raise Declined("STRLANG takes a language tag that is not written out")
    name = tag.term.lex
    if not name:
        return error(Kind.LANG)
    if not _TAG.fullmatch(name):
        raise Declined("STRLANG takes an unusual language tag")
    if isinstance(lexical, Literal):
        return Literal(kinds=Kind.LANG, nullable=False, term=Constant.literal(lexical.term.lex, language=name))
    sql = guarded(lexical.part("l"), among(lexical, Kind.STRING))
    return _literal(Kind.LANG, sql, "", quoted(name.lower()))


def _literal(kind: Kind, sql: str, datatype_: str, tag: str) -> Parts:
    parts = {
        "k": f"CASE WHEN ({sql}) IS NOT NULL THEN {ordinal(kind)} END",
        "l": sql,
        "d": quoted(datatype_),
        "g": tag,
    }
    return Parts(kinds=kind, parts=lambda letter: parts.get(letter, "NULL"))


def _is(kinds: Kind) -> Callable[[Operand], Operand]:
    def asks(operand: Operand) -> Operand:
        known = among(operand, kinds)
        if known and known != "FALSE":
            return truth(known, nullable=operand.nullable)
        value = "FALSE" if known else "TRUE"
        return truth(guarded(value, operand.exists if operand.nullable else ""), nullable=operand.nullable)

    return asks


def is_numeric(operand: Operand) -> Operand:
    """isNumeric, 17.4.2.4: whether a literal is a number, and its lexical form one of its datatype."""
    return _is(NUMERIC)(operand.sure())


def same_term(left: Operand, right: Operand) -> Operand:
    """sameTerm, 17.4.1.8."""
    either = nullable(left, right)
    if left.id and right.id:
        return truth(f"{left.id} = {right.id}", nullable=either)
    both = [operand.exists for operand in (left, right) if operand.nullable]
    groups = (_groups(left.kinds), _groups(right.kinds))
    if not groups[0] & groups[1]:
        return truth(guarded("FALSE", *both), nullable=either)
    same = [f"{left.part(letter)} = {right.part(letter)}" for letter in _telling(left.kinds | right.kinds)]
    if len(groups[0] | groups[1]) > 1:
        same.append(f"{_group(left)} = {_group(right)}")
    return truth(guarded(all_of(same), *both), nullable=either)


def _groups(kinds: Kind) -> frozenset[int]:
    return frozenset(number for number, group in enumerate((Kind.IRI, Kind.BLANK, LITERALS)) if kinds & group)


def _group(operand: Operand) -> str:
    kind = operand.part("k")
    return f"CASE {kind} WHEN {ordinal(Kind.IRI)} THEN 0 WHEN {ordinal(Kind.BLANK)} THEN 1 ELSE 2 END"


def _telling(kinds: Kind) -> str:
    """Return the parts that tell terms of some kinds apart."""
    if not kinds & ~(RESOURCES | Kind.STRING):
        return "l"
    if not kinds & Kind.LANG:
        return "ld"
    return "lg" if single(kinds) or not kinds & ~(RESOURCES | Kind.STRING | Kind.LANG) else "ldg"


def blank(*_operands: Operand) -> Operand:
    """BNODE, 17.4.2.9."""
    raise Declined("BNODE makes blank nodes")


def uuid() -> Operand:
    """UUID, 17.4.2.12: a new IRI at each call."""
    return Scalar(kinds=Kind.IRI, sql="('urn:uuid:' || uuid()::VARCHAR)", nullable=False)


def uuid_text() -> Operand:
    """STRUUID, 17.4.2.13."""
    return Scalar(kinds=Kind.STRING, sql="uuid()::VARCHAR", nullable=False)


def random() -> Operand:
    """RAND, 17.4.4.5."""
    return Scalar(kinds=Kind.DOUBLE, sql="random()", nullable=False)


def now() -> Operand:
    """NOW, 17.4.5.1: the same instant all over a query, as the transaction has it."""
    moment = "make_timestamp(epoch_us(now()))"
    parts = {
        "k": str(ordinal(Kind.DATETIME)),
        "l": f"strftime({moment}, '%Y-%m-%dT%H:%M:%S.%fZ')",
        "d": quoted(XSD + "dateTime"),
        "g": "''",
        "m": moment,
        "z": "0::SMALLINT",
    }
    return Parts(kinds=Kind.DATETIME, nullable=False, parts=lambda letter: parts.get(letter, "NULL"))


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        "STR": text_of,
        "LANG": language,
        "DATATYPE": datatype,
        "IRI": iri,
        "STRDT": typed,
        "STRLANG": tagged,
        "ISIRI": _is(Kind.IRI),
        "ISBLANK": _is(Kind.BLANK),
        "ISLITERAL": _is(LITERALS),
        "ISNUMERIC": is_numeric,
        "SAMETERM": same_term,
        "BNODE": blank,
        "UUID": uuid,
        "STRUUID": uuid_text,
        "RAND": random,
        "NOW": now,
    }
)
