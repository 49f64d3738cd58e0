"""A dataset loads through its source; an unknown format stops the run."""

from pathlib import Path

import pytest

from loaders.datasets import Dataset
from loaders.errors import SourceError
from loaders.findings import Finding
from loaders.load import load

RECORDS = """
dataset: docs
organisations:
  - id: iom
    locator: line 1
    name: {en: IOM}
    type: intergovernmental-organisation
projects:
  - id: access
    locator: lines 2-3
    title: {en: ACCESS}
    country: [Czechia, Atlantis]
    participations:
      - {organisation: iom, role: partner}
"""


def dataset(source: str) -> Dataset:
    return Dataset("docs", {"en": "Docs"}, source, "curated")


def test_quads_and_findings_come_in_file_order(tmp_path: Path) -> None:
    path = tmp_path / "docs.yaml"
    path.write_text(RECORDS, encoding="utf-8")
    items = list(load(path, dataset("curated")))
    (found,) = [item for item in items if isinstance(item, Finding)]
    assert (found.rule, found.value) == ("unknown-countries", "Atlantis")
    assert str(found.location) == "docs.yaml, line 12 (country)"
    subjects = [str(item.subject).rsplit("/id/", 1)[1] for item in items if not isinstance(item, Finding)]
    assert subjects[0] == "dataset/docs"
    assert {"organisation/curated/iom", "project/curated/access", "participation/curated/access/iom/partner"} <= set(
        subjects
    )


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'telepathy'; known formats are .*curated"):
        list(load(tmp_path, dataset("telepathy")))
