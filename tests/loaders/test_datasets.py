"""A list of datasets is read whole or refused with the reason."""

from pathlib import Path

import pytest

from loaders.datasets import read_datasets
from loaders.errors import SourceError

GOOD = """
- key: one
  title: {en: One, cs: Jedna}
  publisher: Somebody
  licence: not stated
  format: curated
  file: records/one.yaml
  namespace: curated
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "datasets.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_description_is_read(tmp_path: Path) -> None:
    (dataset,) = read_datasets(written(tmp_path, GOOD))
    assert (dataset.key, dataset.namespace, dataset.title["cs"], dataset.licence) == (
        "one",
        "curated",
        "Jedna",
        "not stated",
    )


def test_every_value_stays_the_text_that_was_written(tmp_path: Path) -> None:
    (dataset,) = read_datasets(written(tmp_path, GOOD + "  sha256: 00123\n  retrieved: 2024-03-31\n  language: no\n"))
    assert (dataset.sha256, dataset.retrieved, dataset.language) == ("00123", "2024-03-31", "no")


def test_ids_are_the_datasets_own_unless_it_shares_a_namespace(tmp_path: Path) -> None:
    (dataset,) = read_datasets(written(tmp_path, GOOD.replace("  namespace: curated\n", "")))
    assert dataset.namespace == "one"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("key: one", "must be a YAML list"),
        ("- one", "mapping"),
        ("- {key: one}", "lacks title"),
        (GOOD + "  colour: red\n", "unknown keys colour"),
        (GOOD.replace("{en: One, cs: Jedna}", "One"), "title of dataset one"),
        ("- [", "not well-formed"),
        ("- {key: a, key: b}", "not well-formed"),
        (GOOD + GOOD, "several datasets have the key one"),
        (GOOD.replace("Somebody", "[A, B]"), "publisher of dataset one must be one text"),
        (GOOD.replace("cs: Jedna", "cs: [Jedna]"), "title of dataset one"),
        (GOOD + "  retrieved: 2024-02-30\n", "no day"),
    ],
)
def test_a_bad_list_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_datasets(written(tmp_path, text))


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"datasets\.yaml cannot be read"):
        read_datasets(tmp_path / "datasets.yaml")
