"""What a form is drawn with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph_app.components.texts import language
from graph_app.stewardship.form import Form, Spot
from loaders.findings import Finding

__all__ = ["Around", "Graph"]


@dataclass(frozen=True, slots=True)
class Graph:
    """How a form looks up entities of the graph.

    :param offered: kind to what a picker offers, address to name; not all of them where there are many.
    :param found: kind and a part of a name to what is called so, address to name.
    :param named: address to the name of its entity, or to the address where the graph does not know it.
    """

    offered: Callable[[str], Mapping[str, str]]
    found: Callable[[str, str], Mapping[str, str]]
    named: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Around:
    """A form with what surrounds its fields.

    :param name: what tells this form from others, for the keys of its widgets.
    :param form: the form.
    :param graph: how entities are looked up.
    :param findings: fields to findings about them.
    :param all_told: whether what is missing is told as well; before, only what was filled in is judged.
    """

    name: str
    form: Form
    graph: Graph
    findings: Mapping[Spot, Sequence[Finding]]
    all_told: bool

    def key(self, spot: Spot, *more: object) -> str:
        """Return the key of a widget of a field.

        :param spot: the field.
        :param more: what tells it from the field's other widgets.
        """
        return " ".join(map(str, ("form", self.name, *spot, *more)))

    def told(self, spot: Spot) -> Sequence[Finding]:
        """Return the findings about a field that are to be told now.

        :param spot: the field.
        """
        return [found for found in self.findings.get(spot, ()) if self.all_told or found.value]

    @property
    def languages(self) -> tuple[str, str]:
        """The language in which cells are written, and that of the person who fills in."""
        return self.form.filled.language, language()
