"""What stands behind a network, and what was left out of it for lack of data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.findings import LANGUAGES

__all__ = ["REASONS", "Coverage"]

#: Why something is not in a network, or not in its money: reason to words after the number of projects.
REASONS: Mapping[str, Mapping[str, str]] = {
    "country": {"en": "state no country of activity", "cs": "neuvádí zemi působení"},
    "seat": {"en": "have organisations that state no seat", "cs": "má organizace, které neuvádějí sídlo"},
    "period": {"en": "state no start", "cs": "neuvádí začátek"},
    "donor": {"en": "state no donor", "cs": "neuvádí dárce"},
    "programme": {"en": "state no programme", "cs": "neuvádí program"},
    "targetGroup": {"en": "state no target group", "cs": "neuvádí cílovou skupinu"},
    "theme": {"en": "state no theme", "cs": "neuvádí téma"},
    "organisationType": {
        "en": "have organisations that state no type",
        "cs": "má organizace, které neuvádějí typ",
    },
    "alone": {"en": "name one side of a tie only", "cs": "uvádí jen jednu stranu vazby"},
    "money": {"en": "state no sum granted", "cs": "neuvádí přidělenou částku"},
    "currency": {"en": "state it in other currencies only", "cs": "ji uvádí jen v jiných měnách"},
}


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
        if language == "cs":
            told = [f"Projektů a partnerství: {self.projects}, datových sad: {len(self.sources)}."]
            told += [f"{count}× {REASONS[reason]['cs']}." for reason, count in self.left_out.items()]
            return " ".join([*told, *(["Výsledek je oříznut."] if self.truncated else [])])
        told = [f"Projects and partnerships: {self.projects:,}, datasets: {len(self.sources)}."]
        told += [f"{count:,} {REASONS[reason]['en']}." for reason, count in self.left_out.items()]
        return " ".join([*told, *(["A limit of rows cut it."] if self.truncated else [])])
