"""Make the files of the load channel, each from its description in load.yaml."""

import stat
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from ruamel.yaml import YAML

__all__ = ["make_file", "make_listing"]

_HEADINGS = ("Id", "Name (en)", "Type", "Seat", "Part of", "Website")
#: The archive has no such part yet, since the sheet refers to nothing.
_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
_NO_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
_DATASET = {
    "key": "lure",
    "title": {"en": "Lure"},
    "publisher": "Nobody",
    "licence": "not stated",
    "format": "template",
    "file": "entries.csv",
}


def make_file(attempt: dict[str, Any], folder: Path) -> Path:
    """Make the file or folder that an attempt describes.

    :param attempt: an entry of ``load.yaml`` with real addresses.
    :param folder: an empty folder.
    """
    if "text" in attempt:
        path = folder / f"entries{attempt['suffix']}"
        path.write_text(attempt["text"], encoding="utf-8")
        return path
    if "links" in attempt:
        path = folder / "entries"
        path.mkdir()
        for name, target in attempt["links"].items():
            (path / name).symlink_to(target)
        return path
    path = folder / "entries.xlsx"
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Organisations"
    page.append(_HEADINGS)
    page.append(["lure", "Lure"])
    for place, value in attempt.get("cells", {}).items():
        page[place] = value
    book.save(path)
    _rewrite(path, attempt)
    return path


def make_listing(attempt: dict[str, Any], folder: Path) -> None:
    """Make the list of datasets that an attempt describes.

    :param attempt: an entry of ``load.yaml`` with real addresses.
    :param folder: an empty folder.
    """
    (folder / "entries.csv").write_text("Id,Name (en)\nlure,Lure\n", encoding="utf-8")
    listing = folder / "datasets.yaml"
    if "listed" in attempt:
        listing.write_text(attempt["listed"], encoding="utf-8")
    else:
        with listing.open("w", encoding="utf-8") as stream:
            YAML(typ="safe").dump([_DATASET | dataset for dataset in attempt["datasets"]], stream)


def _rewrite(path: Path, attempt: dict[str, Any]) -> None:
    parts = dict(attempt.get("parts", {}))
    before, inside = dict(attempt.get("before", {})), dict(attempt.get("inside", {}))
    links = attempt.get("archived_links", {})
    encoding = attempt.get("encoding", "utf-8")
    content = BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        existing = {name: old.read(name).decode() for name in old.namelist()} | {_RELATIONS: _NO_RELATIONS}
        for name, content_before in existing.items():
            if name in parts or name in links:
                continue
            text = before.pop(name, "") + content_before
            head, tag, tail = text.rpartition("</")
            new.writestr(name, f"{head}{inside.pop(name, '')}{tag}{tail}")
        for name, text in parts.items():
            new.writestr(name, text.encode(encoding))
        for name, target in links.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            new.writestr(entry, target)
    assert not before, f"no such part: {before}"
    assert not inside, f"no such part: {inside}"
