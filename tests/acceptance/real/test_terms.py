"""Terms in titles of real projects: what is meant is found, and what only looks like it is not."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from loaders.terms.lists import Hit, term_list

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "real-data"
H2020 = REAL / "cordis" / "h2020-projects.xlsx"
IOM = REAL / "iati" / "iom-2022" / "iati_activity.xlsx"
CZECH = REAL / "eu-structural-funds" / "CZ-2014-2020.xlsx"

#: Migration that is none of people.
OTHER_MIGRATION = re.compile(
    r"cell(s|ular)? migration|migrating cell|migratory (bird|fish|insect|species)|bird migration", re.IGNORECASE
)


def titles(path: Path, heading: str) -> Iterator[str]:
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        column = next(rows).index(heading)
        yield from (str(row[column]) for row in rows if row[column])
    finally:
        book.close()


def hits(text: str, language: str = "en") -> list[Hit]:
    terms = term_list(language)
    assert terms is not None
    return list(terms.find(text))


def test_no_migration_of_cells_or_animals_is_taken_for_people() -> None:
    looking_alike = [title for title in titles(H2020, "Project Title") if OTHER_MIGRATION.search(title)]
    assert len(looking_alike) == 19
    assert [title for title in looking_alike if any(hit.scheme == "target-groups" for hit in hits(title))] == []


def test_every_reintegration_of_returnees_is_told_from_integration() -> None:
    meant = [title for title in titles(IOM, "title_eng") if re.search(r"return.*reintegration", title, re.IGNORECASE)]
    assert len(meant) > 80
    assert [title for title in meant if "return-and-reintegration" not in {hit.concept for hit in hits(title)}] == []
    assert not any(
        hit.concept == "local-integration" and "eintegration" in hit.words for title in meant for hit in hits(title)
    )


def test_foreigners_of_czech_titles_are_found() -> None:
    meant = [
        title
        for title in titles(CZECH, "Název projektu CZ")
        if re.search(r"cizin|migrant|uprchl|azyl", title, re.IGNORECASE)
    ]
    assert len(meant) >= 3
    found = {"migrants", "migrant-women", "refugees", "applicants-for-international-protection", "housing"}
    assert [title for title in meant if not found & {hit.concept for hit in hits(title, "cs")}] == []
