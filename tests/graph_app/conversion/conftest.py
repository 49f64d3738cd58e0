"""A data folder with a file of every format, one that is larger than what is sorted in memory, and faulty ones."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from graph_app.journal.loads import dataset_details
from graph_app.settings import Settings
from loaders.datasets import Dataset
from tests.acceptance.hostile.bases import BASES
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_template

#: Key of a dataset to its files; curated entries say themselves which dataset they are of.
SOUND = {base.dataset.key if name == "curated" else name: base for name, base in BASES.items()}


def bomb() -> bytes:
    """A workbook of a few kilobytes that would fill the memory."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 120_000_000)
    return stream.getvalue()


#: Name of a file to what is wrong with it, and its format. None of them gives statements.
FAULTY = {
    "bomb.xlsx": ("template", bomb()),
    "doctype.xml": (
        "iati",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>\n<iati-activities version='2.03'>&a;</iati-activities>",
    ),
    "large.yaml": ("curated", b"#" * 20_000_001),
    "torn.xlsx": ("template", b"PK\x03\x04 and nothing more"),
    "violation.yaml": ("curated", b"dataset: violation-yaml\norganisations:\n  - {id: x, locator: line 1, nahme: y}\n"),
}


def listed(name: str, form: str, file: str, column_map: str = "") -> Dataset:
    return Dataset(name, {"en": name, "cs": name}, form, name, file=file, publisher="P", licence="CC0", map=column_map)


def write_data(folder: Path) -> Path:
    """Write the files and their list, which names one file that is not there."""
    folder.mkdir()
    datasets = [listed("missing", "iati", "missing.xml"), listed("generated", "template", "generated")]
    write_template(make_plan(260), folder / "generated")
    for name, base in SOUND.items():
        (folder / name).mkdir()
        path = base.write(folder / name, {})
        datasets.append(listed(name, base.format, path.relative_to(folder).as_posix(), base.map))
    for file, (form, content) in FAULTY.items():
        (folder / file).write_bytes(content)
        datasets.append(listed(file.replace(".", "-"), form, file))
    entries = [{key: value for key, value in dataset_details(one).items() if value} for one in datasets]
    (folder / "datasets.yaml").write_text(json.dumps(entries), encoding="utf-8")  # JSON is YAML
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("spark") / "data")


@pytest.fixture
def settings(tmp_path: Path, data: Path) -> Settings:
    """An empty home."""
    return Settings(home=tmp_path / "home", data=data, actor="Jana")
