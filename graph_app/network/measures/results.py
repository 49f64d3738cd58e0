"""What measuring a network gives: figures, and how each was found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from graph_app.network.network import Floats, Network

__all__ = ["Choices", "Family", "How", "Measures"]


@dataclass(frozen=True, slots=True)
class How:
    """How a figure was found.

    :param library: what calculated it.
    :param sample: of how many nodes it was estimated; 0 where it is exact.
    :param seed: where random numbers began; 0 where none were drawn.
    """

    library: str
    sample: int = 0
    seed: int = 0

    @property
    def exact(self) -> bool:
        """Whether it is exact."""
        return self.sample == 0

    def text(self, language: str = "en") -> str:
        """Say it in a few words.

        :param language: language of the reader.
        """
        if language == "cs":
            way = "přesně" if self.exact else f"odhad ze vzorku {self.sample} uzlů"
            return ", ".join([way, *([f"počátek náhody {self.seed}"] if self.seed else []), self.library])
        way = "exact" if self.exact else f"estimated from a sample of {self.sample} nodes"
        return ", ".join([way, *([f"seed {self.seed}"] if self.seed else []), self.library])


@dataclass(frozen=True, eq=False)
class Measures:
    """Figures of a network, by the names that ``definitions.yaml`` explains.

    :param nodes: name to a value for each node; NaN where it is not defined.
    :param ties: name to a value for each tie.
    :param figures: name to a value for the whole; NaN where it is not defined.
    :param how: name to how it was found.
    """

    nodes: Mapping[str, Floats] = field(default_factory=dict)
    ties: Mapping[str, Floats] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    how: Mapping[str, How] = field(default_factory=dict)

    def __or__(self, other: "Measures") -> "Measures":
        """Put the figures of another together with these."""
        return Measures(
            {**self.nodes, **other.nodes},
            {**self.ties, **other.ties},
            {**self.figures, **other.figures},
            {**self.how, **other.how},
        )


class Choices(NamedTuple):
    """What measures are free in.

    :param weight: weight of ties that those take which take one.
    :param by: attribute, or ``community``, whose groups those compare which compare groups.
    """

    weight: str = "count"
    by: str = "type"


#: Calculates figures that come together.
Family: TypeAlias = Callable[[Network, Choices], Measures]
