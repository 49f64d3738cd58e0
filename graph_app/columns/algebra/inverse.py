"""Which IRI another one was made of, where a pattern makes IRIs by writing something before or behind others."""

from dataclasses import dataclass

from graph_app.columns.algebra.nodes import Call, Distinct, Expression, Extend, Filter, Pattern, Project, Variable
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant

__all__ = ["Origin", "origin"]


@dataclass(frozen=True, slots=True)
class Origin:
    """How an IRI is made of another one.

    :param variable: the other one.
    :param before: what is written before it.
    :param behind: what is written behind it.
    """

    variable: str
    before: str
    behind: str

    def of(self, iri: str) -> str | None:
        """Return what an IRI was made of, or none where it cannot have been made so.

        :param iri: the IRI.
        """
        fits = iri.startswith(self.before) and iri.endswith(self.behind)
        inner = len(iri) - len(self.before) - len(self.behind)
        return iri[len(self.before) :][:inner] if fits and inner > 0 else None


def origin(pattern: Pattern, variable: str) -> Origin | None:
    """Find how a pattern makes an IRI: as ``IRI(CONCAT("before", STR(?other), "behind"))``, or not in a known way.

    :param pattern: the pattern.
    :param variable: the variable that the IRI is bound to.
    """
    match pattern:
        case Extend(_, name, Call("IRI", (Call("CONCAT", parts),))) if name == variable:
            return _origin(parts)
        case Extend(inner, name) if name != variable:
            return origin(inner, variable)
        case Filter(inner) | Project(inner) | Distinct(inner):
            return origin(inner, variable)
    return None


def _origin(parts: tuple[Expression, ...]) -> Origin | None:
    texts = ["", ""]
    found = ""
    for part in parts:
        match part:
            case Constant(Kind.STRING, lex):
                texts[bool(found)] += lex
            case Call("STR", (Variable(name),)) if not found:
                found = name
            case _:
                return None
    return Origin(found, *texts) if found else None
