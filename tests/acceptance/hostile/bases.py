"""A small valid file of every format, from which hostile ones are made."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from loaders.datasets import Dataset

__all__ = ["BASES", "Base"]

SOURCES = Path(__file__).resolve().parents[2] / "loaders" / "sources"

CURATED = """\
dataset: hostile
organisations:
  - {id: centre, locator: line 1, name: {cs: Centrum pro příchozí, en: Centre for Newcomers}}
projects:
  - id: welcome
    locator: line 2
    title: {cs: Vítejte v češtině, en: Welcome}
    start: 2020-01-01
    participations:
      - {organisation: centre, role: coordinator}
"""
TEMPLATE = "id,title (cs),start,country\np1,Vítejte v češtině,2020-01-01,Česko\np2,Žluťoučký kůň,2021,CZ\n"
MAP = """\
about: An invented list
language: cs
project:
organisations:
  recipient: {role: recipient, source_role: Příjemce, identity: [name]}
grant: {recipient: recipient}
amounts:
  total: {amount_kind: total-cost, currency: CZK}
columns:
  Kód: project.id
  Název: project.title
  Příjemce: recipient.name
  Částka: total.value
"""
LIST = "Kód,Název,Příjemce,Částka\nA1,Vítejte v češtině,Město Břeclav,1000\nA2,Žluťoučký kůň,Spolek Příchod,2000\n"
TRIPLES = """\
<https://example.org/p/1> <http://purl.org/dc/terms/title> "Vítejte v češtině"@cs .
<https://example.org/p/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/integration-graph/ontology#Project> .
"""  # noqa: E501 - one statement a line


@dataclass(frozen=True)
class Base:
    """A file or folder that can be read without a fault.

    :param name: what it is.
    :param format: name of its source.
    :param files: name to bytes; one of them is changed at a time. A folder where there are several.
    :param map: column map, where its source needs one.
    """

    name: str
    format: str
    files: dict[str, bytes] = field(repr=False)
    map: str = ""

    @property
    def dataset(self) -> Dataset:
        return Dataset("hostile", {"en": "Hostile"}, self.format, "hostile", map=self.map, terms="off")

    def write(self, folder: Path, changed: dict[str, bytes]) -> Path:
        """Write the files, changed ones in place of the good ones, and return what a reader is given."""
        files = self.files | changed
        if len(files) == 1:
            ((name, content),) = files.items()
            (folder / name).write_bytes(content)
            return folder / name
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return folder


def _table(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((SOURCES / name).read_text(encoding="utf-8-sig"))))


def _workbook(**sheets: list[list[str]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rectangle(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([*row, *[""] * (max(map(len, rows)) - len(row))] for row in rows)
    return stream.getvalue().encode()


def _folder(name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((SOURCES / name).iterdir())}


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _bases() -> Iterator[Base]:
    template = list(csv.reader(io.StringIO(TEMPLATE)))
    listed = list(csv.reader(io.StringIO(LIST)))
    activities = (SOURCES / "iati_tables/pair/activities.xml").read_bytes()
    tables = _folder("iati_tables/pair/tables")
    grants = (SOURCES / "threesixty/grants.json").read_bytes()
    cordis = _folder("cordis/official")
    yield Base("curated", "curated", {"records.yaml": CURATED.encode()})
    yield Base("template-csv", "template", {"projects.csv": TEMPLATE.encode()})
    yield Base("template-xlsx", "template", {"entries.xlsx": _workbook(Projects=template)})
    yield Base("iati-xml", "iati", {"activities.xml": activities})
    yield Base("iati-tables-csv", "iati-tables", tables)
    sheet = _workbook(activity=_table("iati_tables/pair/tables/iati_activity.csv"))
    yield Base("iati-tables-xlsx", "iati-tables", {"iati_activity.xlsx": sheet})
    yield Base("360giving-json", "360giving", {"grants.json": grants})
    flat = {
        f"{name[2:-4]}": _table(f"threesixty/workbook/{name}")
        for name in ("1-About.csv", "2-Grants.csv", "3-Recipients.csv", "4-Places.csv")
    }
    yield Base("360giving-xlsx", "360giving", {"grants.xlsx": _workbook(**flat)})
    yield Base("360giving-csv", "360giving", {"grants.csv": _rectangle(_table("threesixty/workbook/2-Grants.csv"))})
    yield Base("cordis-csv", "cordis", cordis)
    yield Base("cordis-zip", "cordis", {"cordis.zip": _zipped(cordis)})
    yield Base("mapped-csv", "mapped", {"list.csv": LIST.encode()}, MAP)
    yield Base("mapped-xlsx", "mapped", {"list.xlsx": _workbook(List=listed)}, MAP)
    yield Base("endpoint", "endpoint", {"statements.nt": TRIPLES.encode()})


#: Every base by its name.
BASES = {base.name: base for base in _bases()}
