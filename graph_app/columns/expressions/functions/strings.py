"""Functions on strings (SPARQL 1.1, section 17.4.3), without those that take patterns."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph_app.columns.expressions.functions.shaping import among, error, guarded, nullable, texts
from graph_app.columns.expressions.operand import Operand, Parts, Scalar, truth
from graph_app.columns.kinds import TEXT, Kind, ordinal
from graph_app.columns.sql import any_of

__all__ = ["FUNCTIONS", "like"]

_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"


def like(source: Operand, sql: str, *, maybe: bool = True) -> Operand:
    """Make a string literal of the same kind and language as another one.

    :param source: the other one.
    :param sql: the string; NULL where there is an error.
    :param maybe: whether it may be NULL.
    """
    if source.kinds & TEXT == Kind.STRING:
        return Scalar(kinds=Kind.STRING, sql=sql, nullable=maybe)
    return _tagged(source.kinds & TEXT, sql, source.part("k"), source.part("g"), maybe=maybe)


def _tagged(kinds: Kind, sql: str, kind: str, tag: str, *, maybe: bool) -> Parts:
    parts = {"k": guarded(kind, f"({sql}) IS NOT NULL" if maybe else ""), "l": sql, "d": "''", "g": tag}
    return Parts(kinds=kinds, nullable=maybe, parts=lambda letter: parts.get(letter, "NULL"))


def _mapped(write: Callable[[str], str]) -> Callable[[Operand], Operand]:
    """Make a function of a string that keeps its language."""

    def apply(source: Operand) -> Operand:
        if not source.kinds & TEXT:
            return error(Kind.STRING)
        known = texts(source)
        return like(source, guarded(write(source.part("l")), known), maybe=source.nullable or bool(known))

    return apply


def _cased(name: str) -> Callable[[str], str]:
    # One letter may become several, and a sigma at the end of a word its own form, which SQL knows nothing of.
    return lambda sql: f"CASE WHEN strlen({sql}) = length({sql}) THEN {name}({sql}) ELSE ig_{name}({sql}) END"


def _plain(kind: Kind, write: Callable[[str], str]) -> Callable[[Operand], Operand]:
    """Make a function of a string whose result has no language."""

    def apply(source: Operand) -> Operand:
        if not source.kinds & TEXT:
            return error(kind)
        known = texts(source)
        sql = guarded(write(source.part("l")), known)
        return Scalar(kinds=kind, sql=sql, nullable=source.nullable or bool(known))

    return apply


def substring(source: Operand, start: Operand, length: Operand | None = None) -> Operand:
    """SUBSTR, 17.4.3.3: characters are counted from 1; those asked for beyond either end are left out."""
    numbers = [start] if length is None else [start, length]
    if not source.kinds & TEXT or any(not number.sure().kinds & Kind.INTEGER for number in numbers):
        return error(Kind.STRING)
    known = [texts(source), *(among(number, Kind.INTEGER) for number in numbers)]
    text, first = source.part("l"), start.part("i")
    begin = f"least(greatest({first}, 1), 4294967295)"
    if length is None:
        sql = f"substring({text}, {begin})"
    else:
        # Counts are integers of 64 bits, and an end beyond them is an error.
        end = f"TRY_CAST(({first})::HUGEINT - 1 + {length.part('i')} AS BIGINT)"
        taken = f"greatest(greatest({end}, 0) - (greatest({first}, 1) - 1), 0)"
        sql = f"substring({text}, {begin}, least({taken}, 4294967295))"
        known.append(f"{end} IS NOT NULL")
    return like(source, guarded(sql, *known, *(_there(number) for number in numbers)))


def _there(operand: Operand) -> str:
    # LEAST and GREATEST pass over NULL.
    return f"{operand.part('i')} IS NOT NULL" if operand.nullable else ""


def _compatible(left: Operand, right: Operand) -> list[str] | None:
    """Return what has to hold so that two strings are argument compatible, 17.4.3.1.2; ``None`` if they never are."""
    if not left.kinds & TEXT or not right.kinds & TEXT:
        return None
    known = [texts(left), texts(right)]
    if not right.kinds & Kind.LANG:
        return known
    if not left.kinds & Kind.LANG:
        return [texts(left), among(right, Kind.STRING)] if right.kinds & Kind.STRING else None
    same = f"{left.part('g')} = {right.part('g')}"
    if right.kinds & Kind.STRING:
        same = any_of([f"{right.part('g')} = ''", same])
    return [*known, same]


def _relation(name: str) -> Callable[[Operand, Operand], Operand]:
    def apply(text: Operand, piece: Operand) -> Operand:
        known = _compatible(text, piece)
        if known is None:
            return error(Kind.BOOLEAN)
        sql = guarded(f"{name}({text.part('l')}, {piece.part('l')})", *known)
        return truth(sql, nullable=nullable(text, piece) or any(known))

    return apply


def _cut(write: Callable[[str, str], str]) -> Callable[[Operand, Operand], Operand]:
    """Make STRBEFORE or STRAFTER, 17.4.3.10 and 17.4.3.11: where there is no match, the result has no language."""

    def apply(text: Operand, piece: Operand) -> Operand:
        known = _compatible(text, piece)
        if known is None:
            return error(Kind.STRING)
        whole, sought = text.part("l"), piece.part("l")
        found = f"contains({whole}, {sought})"
        cut = f"CASE WHEN {found} THEN {write(whole, sought)} WHEN NOT {found} THEN '' END"
        sql = guarded(cut, *known)
        if text.kinds & TEXT == Kind.STRING:
            return Scalar(kinds=Kind.STRING, sql=sql)
        kind = f"CASE WHEN {found} THEN {text.part('k')} ELSE {ordinal(Kind.STRING)} END"
        tag = f"CASE WHEN {found} THEN {text.part('g')} ELSE '' END"
        return _tagged(text.kinds & TEXT | Kind.STRING, sql, kind, tag, maybe=True)

    return apply


def _after(whole: str, sought: str) -> str:
    return f"substring({whole}, strpos({whole}, {sought}) + length({sought}))"


def concat(*texts_: Operand) -> Operand:
    """CONCAT, 17.4.3.12: the language that all arguments have, or none."""
    if not texts_:
        return Scalar(kinds=Kind.STRING, sql="''", nullable=False)
    if any(not operand.kinds & TEXT for operand in texts_):
        return error(Kind.STRING)
    known = [texts(operand) for operand in texts_]
    sql = guarded(" || ".join(f"({operand.part('l')})" for operand in texts_), *known)
    maybe = nullable(*texts_) or any(known)
    if any(not operand.kinds & Kind.LANG for operand in texts_):
        return Scalar(kinds=Kind.STRING, sql=f"({sql})", nullable=maybe)
    first, *others = (operand.part("g") for operand in texts_)
    same = " AND ".join(f"{first} = {other}" for other in others)
    tag = f"CASE WHEN {same} THEN {first} ELSE '' END" if others else first
    kind = f"CASE WHEN ({tag}) = '' THEN {ordinal(Kind.STRING)} ELSE {ordinal(Kind.LANG)} END"
    return _tagged(TEXT, f"({sql})", kind, tag, maybe=maybe)


def language_matches(tag: Operand, wanted: Operand) -> Operand:
    """langMatches, 17.4.3.13: basic filtering of RFC 4647, with the one range that stands for all languages."""
    if not tag.kinds & Kind.STRING or not wanted.kinds & Kind.STRING:
        return error(Kind.BOOLEAN)
    known = [among(tag, Kind.STRING), among(wanted, Kind.STRING)]
    raw = wanted.part("l")
    had, asked = (f"translate({sql}, '{_UPPER}', '{_LOWER}')" for sql in (tag.part("l"), raw))
    matches = f"{had} = {asked} OR starts_with({had}, {asked} || '-')"
    sql = f"CASE WHEN {raw} = '*' THEN {tag.part('l')} <> '' ELSE {matches} END"
    return truth(guarded(sql, *known), nullable=nullable(tag, wanted) or any(known))


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        "STRLEN": _plain(Kind.INTEGER, lambda sql: f"length({sql})"),
        "SUBSTR": substring,
        "UCASE": _mapped(_cased("upper")),
        "LCASE": _mapped(_cased("lower")),
        "STRSTARTS": _relation("starts_with"),
        "STRENDS": _relation("suffix"),
        "CONTAINS": _relation("contains"),
        "STRBEFORE": _cut(lambda whole, sought: f"left({whole}, strpos({whole}, {sought}) - 1)"),
        "STRAFTER": _cut(_after),
        "CONCAT": concat,
        "ENCODE_FOR_URI": _plain(Kind.STRING, lambda sql: f"url_encode({sql})"),
        "LANGMATCHES": language_matches,
    }
)
