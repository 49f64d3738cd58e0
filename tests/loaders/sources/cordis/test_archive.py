"""Archives: the tables in them are read, and what is made to do harm is refused before it is unpacked."""

import stat
import zipfile
from pathlib import Path

import pytest

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.records import Record
from loaders.sources.cordis import SOURCE, read
from loaders.sources.look import Look

HERE = Path(__file__).parent
OFFICIAL = {path.name: path.read_bytes() for path in (HERE / "official").iterdir()}


def packed(path: Path, parts: dict[str, bytes], links: tuple[str, ...] = ()) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            if name in links:
                part.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(part, content)
    return path


def load(path: Path) -> list[Record | Finding]:
    return list(read(path, Dataset("invented", {"en": "Invented"}, "cordis", "cordis")))


def entities(items: list[Record | Finding]) -> set[tuple[str, tuple[str, ...]]]:
    return {(item.kind, item.key) for item in items if isinstance(item, Record)}


@pytest.mark.parametrize("folder", ["", "csv/"])
def test_an_archive_says_what_the_folder_says(folder: str, tmp_path: Path) -> None:
    parts = {folder + name: content for name, content in OFFICIAL.items()}
    path = packed(tmp_path / "cordis-h2020projects-csv.zip", parts)
    assert SOURCE.recognise(Look(path))
    items = load(path)
    assert entities(items) == entities(load(HERE / "official"))
    assert {item.source.file for item in items if isinstance(item, Record)} == set(OFFICIAL)


def test_what_is_no_table_is_left_out_and_said(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", OFFICIAL).read_bytes()
    path = packed(tmp_path / "a.zip", OFFICIAL | {"inner.zip": inner, "webLink.csv": b"projectID;physUrl\n1;2\n"})
    rules = [item.rule for item in load(path) if isinstance(item, Finding)]
    assert rules.count("cordis-part-left-out") == 1
    assert rules.count("cordis-table-left-out") == 1


@pytest.mark.parametrize(
    ("parts", "links", "rule"),
    [
        ({"../project.csv": b"x"}, (), "cordis-archive-path"),
        ({"/etc/project.csv": b"x"}, (), "cordis-archive-path"),
        ({"a/project.csv": b"x", "b/PROJECT.csv": b"x"}, (), "cordis-archive-path"),
        ({"project.csv": b"/etc/passwd"}, ("project.csv",), "cordis-archive-path"),
        ({"project.csv": b"0" * 30_000_000}, (), "cordis-archive-too-large"),
        ({f"{number}.csv": b"x" for number in range(200)}, (), "cordis-archive-too-large"),
        ({"readme.txt": b"x"}, (), "cordis-no-table"),
    ],
    ids=["up", "absolute", "twice", "link", "bomb", "many", "nothing"],
)
def test_an_archive_that_would_do_harm_is_refused(
    parts: dict[str, bytes], links: tuple[str, ...], rule: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceFault) as caught:
        load(packed(tmp_path / "a.zip", parts, links))
    assert caught.value.finding.rule == rule


def test_a_protected_archive_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", OFFICIAL)
    content = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = 0
        while (start := content.find(signature, start)) >= 0:
            content[start + place] |= 1
            start += 4
    path.write_bytes(content)
    with pytest.raises(SourceFault) as caught:
        load(path)
    assert caught.value.finding.rule == "cordis-archive-protected"


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_torn_archive_is_refused(cut: float, tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", OFFICIAL)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    assert not SOURCE.recognise(Look(path))
    with pytest.raises(SourceFault) as caught:
        load(path)
    assert caught.value.finding.rule == "cordis-archive-broken"


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", OFFICIAL)
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(SourceFault) as caught:
        load(path)
    assert caught.value.finding.rule == "cordis-archive-broken"
