"""Hash functions (SPARQL 1.1, section 17.4.6), of strings without language in UTF-8."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph_app.columns.expressions.functions.shaping import among, error, guarded
from graph_app.columns.expressions.operand import Operand, Scalar
from graph_app.columns.kinds import Kind

__all__ = ["FUNCTIONS"]


def _hash(name: str) -> Callable[[Operand], Operand]:
    def apply(text: Operand) -> Operand:
        if not text.kinds & Kind.STRING:
            return error(Kind.STRING)
        known = among(text, Kind.STRING)
        sql = guarded(f"{name}({text.part('l')})", known)
        return Scalar(kinds=Kind.STRING, sql=sql, nullable=text.nullable or bool(known))

    return apply


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        "MD5": _hash("md5"),
        "SHA1": _hash("sha1"),
        "SHA256": _hash("sha256"),
        "SHA384": _hash("ig_sha384"),
        "SHA512": _hash("ig_sha512"),
    }
)
