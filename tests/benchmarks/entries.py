"""A small entry as a steward hands it in: new organisations, and projects with organisations that the graph knows."""

__all__ = ["entry"]

_ORGANISATION = "  - {{id: a{n}, locator: line {n}, name: {{en: New body {n}}}, seat: CZE}}\n"
_KNOWN = "organisation/generated/o00000"
_PROJECT = """\
  - id: p{n}
    locator: line {n}
    title: {{en: "{title} {n}", cs: "Kurz {n}"}}
    description: {{en: Language and work.}}
    start: 2023-02
    end: 2024
    country: [CZE]
    theme: [employment]
    target_group: [refugees]
    participations:
      - {{organisation: a0, role: coordinator}}
      - {{organisation: a1, role: funder}}
      - {{organisation: {known}0{n}, role: partner}}
      - {{organisation: {known}1{n}, role: partner}}
    grants: [{{id: g{n}, donor: {known}20, amounts: [{{value: "1200.50", currency: EUR, amount_kind: awarded}}]}}]
"""


def entry(dataset: str, title: str) -> str:
    """Write an entry of two projects, to be added to the generated graph.

    :param dataset: key of its dataset.
    :param title: what its projects are called, before their number.
    """
    organisations = "".join(_ORGANISATION.format(n=n) for n in range(3))
    projects = "".join(_PROJECT.format(n=n, title=title, known=_KNOWN) for n in (1, 2))
    return f"dataset: {dataset}\norganisations:\n{organisations}projects:\n{projects}"
