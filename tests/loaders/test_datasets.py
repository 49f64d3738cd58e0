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
    ],
)
def test_a_bad_list_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_datasets(written(tmp_path, text))


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"datasets\.yaml cannot be read"):
        read_datasets(tmp_path / "datasets.yaml")
