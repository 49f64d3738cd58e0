"""What stands behind a network, and what was left out of it for lack of data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.numbers import format_decimal

from loaders.findings import LANGUAGES

__all__ = ["REASONS", "Coverage"]

#: Why something is not in a network, or not in its money: reason to words before the number of projects.
REASONS: Mapping[str, Mapping[str, str]] = {
    "country": {"en": "no country of activity stated", "cs": "bez uvedené země působení"},
    "seat": {"en": "organisations without a stated seat", "cs": "organizace bez uvedeného sídla"},
    "period": {"en": "no start stated", "cs": "bez uvedeného začátku"},
    "donor": {"en": "no donor stated", "cs": "bez uvedeného dárce"},
    "programme": {"en": "no programme stated", "cs": "bez uvedeného programu"},
    "targetGroup": {"en": "no target group stated", "cs": "bez uvedené cílové skupiny"},
    "theme": {"en": "no theme stated", "cs": "bez uvedeného tématu"},
    "organisationType": {"en": "organisations without a stated type", "cs": "organizace bez uvedeného typu"},
    "alone": {"en": "only one side of a tie stated", "cs": "uvedena jen jedna strana vazby"},
    "money": {"en": "no sum granted stated", "cs": "bez uvedené přidělené částky"},
    "currency": {"en": "sums in other currencies only", "cs": "částky jen v jiných měnách"},
}
_BEHIND = {"en": ("projects and partnerships", "datasets"), "cs": ("projekty a partnerství", "datové sady")}
_CUT = {"en": "a limit of rows cut it", "cs": "výsledek zkrátil limit řádků"}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the graph a network stands on.

    :param projects: projects and partnerships behind it.
    :param sources: IRI of each dataset that tells of them, to how many of them it tells of.
    :param left_out: reason, a key of :data:`REASONS`, to how many projects and partnerships it concerns. What a filter
        asks for and a project does not state leaves it out of the network; what concerns money leaves it out of that.
    :param currency: currency of its money, or empty where it has none.
    :param truncated: whether a limit of rows cut what it is made of.
    """

    projects: int
    sources: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    currency: str = ""
    truncated: bool = False

    def text(self, language: str = LANGUAGES[0]) -> str:
        """Say it in a line.

        :param language: language of the reader.
        """
        projects, datasets = _BEHIND[language]
        counts = {projects: self.projects, datasets: len(self.sources)}
        counts |= {REASONS[reason][language]: count for reason, count in self.left_out.items()}
        told = [f"{what}: {format_decimal(count, locale=language)}" for what, count in counts.items()]
        line = "; ".join([*told, *([_CUT[language]] if self.truncated else [])])
        return f"{line[0].upper()}{line[1:]}."
