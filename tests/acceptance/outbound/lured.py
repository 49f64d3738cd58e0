"""Data in which every text and address is one of the attempts of page.yaml."""

import json
from pathlib import Path
from typing import Any

from tests.acceptance.outbound.attempts import Lure, attempts

__all__ = ["write_lured_data"]

#: Texts that are the title of one project.
_TOGETHER = 10


def write_lured_data(folder: Path, lure: Lure) -> None:
    """Write a list of datasets and one file of records.

    Each text is the name of an organisation, several are the title of a project. All of them together name the
    organisation and the project ``all``, which take part in everything, so that few pages show all texts.

    :param folder: an empty folder.
    :param lure: where the texts lead.
    """
    given = [lure.fill(attempt, attempt["name"]) for attempt in attempts("page")]
    texts = [attempt["text"] for attempt in given if "text" in attempt]
    websites = [attempt["website"] for attempt in given if "website" in attempt]
    listing = {
        "key": "lures",
        "title": {"en": texts[0], "cs": texts[1]},
        "description": {"en": " ".join(texts)},
        "publisher": texts[4],
        "licence": texts[5],
        "document": texts[0],
        "format": "curated",
        "file": "lures.yaml",
    }
    # JSON is YAML too, and needs no care about quotes.
    records = {"dataset": "lures"} | _records(texts, websites)
    (folder / "datasets.yaml").write_text(json.dumps([listing]), encoding="utf-8")
    (folder / "lures.yaml").write_text(json.dumps(records), encoding="utf-8")


def _records(texts: list[str], websites: list[str]) -> dict[str, list[dict[str, Any]]]:
    everything = " ".join(texts)
    groups = [" ".join(texts[start : start + _TOGETHER]) for start in range(0, len(texts), _TOGETHER)]
    members = [f"lure-{number}" for number in range(len(texts))]
    locator = texts[0]
    return {
        "organisations": [
            {"id": key, "locator": name, "name": _said(name), "other_name": _said(f"Other {name}"), "seat": "CZE"}
            for key, name in zip(members, texts, strict=True)
        ]
        + [
            {
                "id": "all",
                "locator": everything,
                "name": _said(everything),
                "description": _said(everything),
                "website": websites,
            }
        ],
        "projects": [
            {
                "id": f"lure-{number}",
                "locator": name,
                "title": _said(name),
                "acronym": texts[number],
                "description": _said(name),
                "start": "2024",
                "country": "CZE",
                "website": websites,
                "participations": [
                    {"organisation": member, "role": "partner", "source_role": name}
                    for member in ("all", *members[number * _TOGETHER : (number + 1) * _TOGETHER])
                ],
                "grants": [{"id": f"lure-{number}", "donor": "all", "programme": "lure", "number": name}],
                "outputs": [{"id": f"lure-{number}", "title": _said(name), "website": websites}],
            }
            for number, name in enumerate(groups)
        ]
        + [
            {
                "id": "all",
                "locator": everything,
                "title": _said(everything),
                "participations": [{"organisation": member, "role": "partner"} for member in members],
            }
        ],
        "programmes": [{"id": "lure", "locator": locator, "name": _said(everything), "donor": "all"}],
        "places": [{"id": "lure", "locator": locator, "name": _said(everything), "country": "CZE"}],
        "partnerships": [{"id": "lure", "locator": locator, "name": _said(everything), "website": websites}],
        "discrepancies": [
            {
                "id": "lure",
                "locator": locator,
                "about": "project/lures/all",
                "statement": {"en": texts[:8], "cs": texts[8:16]},
                "description": _said(everything),
            }
        ],
    }


def _said(text: str) -> dict[str, str]:
    return {"en": text, "cs": text}
