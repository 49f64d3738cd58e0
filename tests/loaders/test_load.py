"""A dataset loads through its source; an unknown format stops the run."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from loaders.datasets import Dataset
from loaders.errors import SourceError
from loaders.findings import Finding, Severity
from loaders.load import load, load_lines
from loaders.template.sheets import sheets
from loaders.vocabulary import BASE, DCT, IG
from loaders.writer import nquad

NAUGHTY = Path(__file__).resolve().parents[3] / "shared" / "suites" / "blns" / "blns.json"

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


def test_what_stands_before_an_unreadable_place_is_told(tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    rows = "".join(f"p{number},One,{'Atlantis' if number == 25 else 'CZE'}\n" for number in range(30))
    path.write_text(f'id,title (en),countries\n{rows}p30,"Two,CZE\n', encoding="utf-8")
    items = load_lines(path, dataset("template"))
    told: list[str | Finding] = []
    with pytest.raises(SourceError):
        told.extend(items)
    assert [item.rule for item in told if isinstance(item, Finding)][-1] == "unknown-countries"
    assert any("/project/curated/p29>" in item for item in told if isinstance(item, str))


def test_lines_and_quads_are_two_faces_of_one_loading(tmp_path: Path) -> None:
    path = tmp_path / "docs.yaml"
    path.write_text(RECORDS, encoding="utf-8")
    written: list[object] = []
    for item in load_lines(path, dataset("curated")):
        written += [item] if isinstance(item, Finding) else item.splitlines(keepends=True)
    items = load(path, dataset("curated"))
    assert written == [item if isinstance(item, Finding) else nquad(item) for item in items]


ODD = [
    "https://e.org/%zz",
    "https://e.org/\ue000",
    "en-12",
    "\u202e",
    "a/b'\"c",
    "<x>",
    "\\u0041",
    "1e400",
    "0000-00-00",
    "%",
]


def test_whatever_stands_in_the_cells_the_quads_are_readable(tmp_path: Path) -> None:
    naughty = json.loads(NAUGHTY.read_text(encoding="utf-8")) if NAUGHTY.exists() else []
    (sheet,) = (sheet for sheet in sheets() if sheet.key == "outputs")
    path = tmp_path / "outputs.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.heading["en"] for column in sheet.columns])
        writer.writerows([text] * len(sheet.columns) for text in ODD + naughty)
    items = list(load(path, dataset("template")))
    quads = [item for item in items if not isinstance(item, Finding)]
    read = pyoxigraph.parse("".join(map(nquad, quads)).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert sum(1 for _ in read) == len(quads)
    assert len({quad.subject for quad in quads if quad.object == IG.Output}) >= len(ODD)


PUBLISHED = """<iati-activities version="2.03">
<iati-activity><iati-identifier>{base}project/curated/access</iati-identifier>
<related-activity ref="project/curated/access" type="1"/></iati-activity>
<iati-activity><iati-identifier>project/curated/access</iati-identifier></iati-activity>
</iati-activities>"""


def test_a_published_file_says_nothing_of_an_entity_of_another_source(tmp_path: Path) -> None:
    path = tmp_path / "activities.xml"
    path.write_text(PUBLISHED.format(base=BASE), encoding="utf-8")
    quads = [item for item in load(path, Dataset("x", {"en": "X"}, "iati", "iati")) if not isinstance(item, Finding)]
    projects = {str(quad.subject) for quad in quads if quad.object == IG.Project}
    assert {project.removeprefix(BASE).split("/")[1] for project in projects} == {"iati"}
    assert len(projects) == 2
    (parent,) = {str(quad.object) for quad in quads if quad.predicate == DCT.isPartOf}
    assert parent in projects


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'telepathy'; known formats are .*curated"):
        list(load(tmp_path, dataset("telepathy")))


def test_what_cannot_be_read_of_a_table_blocks_where_its_steward_can_repair_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Id,Title,Start,Country\n1,Bridges,soon,Austira\nTotal,,,\n", encoding="utf-8")
    start = "{fills: project.start, date: d.m.yyyy}"
    columns = f"{{Id: project.id, Title: project.title, Start: {start}, Country: project.country}}"
    listed = replace(dataset("mapped"), map=f"columns: {columns}\n")
    faults = {"map-date", "unknown-countries", "map-total"}
    for entry, severity in ((True, Severity.VIOLATION), (False, Severity.WARNING)):
        items = load_lines(path, listed, entry=entry)
        told = {item.rule: item.severity for item in items if isinstance(item, Finding)}
        assert {rule: told[rule] for rule in faults} == dict.fromkeys(faults, severity)
