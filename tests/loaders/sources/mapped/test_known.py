"""What a map says that the graph has already is referred to, and what the list calls it is kept."""

import csv
from io import StringIO
from pathlib import Path
from types import MappingProxyType

import pytest

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.load import load
from loaders.mapping.quads import Quad
from loaders.sources.mapped.map_reader import parse_map
from loaders.vocabulary import BASE, DCT, IG, PROV, SKOS

MAP = """
language: cs
project: {repeated: same}
organisations:
  recipient: {role: recipient}
  partner: {role: partner, scheme: ico}
programmes:
  programme: {}
grant: {recipient: recipient, programme: programme}
amounts:
  total: {amount_kind: awarded, currency: CZK}
columns:
  Číslo: project.id
  Název: project.title
  Příjemce: recipient.name
  Partneři: {fills: partner.name, split: ";"}
  IČO: partner.id
  Program: programme.name
  Částka: {fills: total.value, number: "1234,56"}
"""
HEADINGS = ["Číslo", "Název", "Příjemce", "Partneři", "IČO", "Program", "Částka"]
ROWS = [
    ["P/1", "Mosty", "IOM Praha", "Charita; Řeka", "", "AMIF", "10"],
    ["P/2", "Cesty", "iom  praha", "Charita", "123", "AMIF", "20"],
]


def quads(folder: Path, known: str) -> list[Quad]:
    path = folder / "list.csv"
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows([HEADINGS, *ROWS])
    path.write_text(stream.getvalue(), encoding="utf-8")
    dataset = Dataset("mine", MappingProxyType({"en": "Mine"}), "mapped", "mine", map=MAP + known)
    items = list(load(path, dataset))
    assert not [item for item in items if isinstance(item, Finding) and item.severity == "warning"]
    return [item for item in items if not isinstance(item, Finding)]


def objects(said: list[Quad], path: str) -> list[str]:
    return sorted({str(quad.object).removeprefix(BASE) for quad in said if str(quad.predicate) == path})


def test_an_organisation_of_all_rows_is_the_graphs_and_keeps_its_name_there(tmp_path: Path) -> None:
    said = quads(tmp_path, "known:\n  - {organisation: IOM Praha, is: organisation/curated/iom-prague}\n")
    taking_part = objects(said, str(IG.organisation))
    assert [iri for iri in taking_part if "Praha" in iri or "iom" in iri] == ["organisation/curated/iom-prague"]
    about = [quad for quad in said if str(quad.subject) == f"{BASE}organisation/curated/iom-prague"]
    names = sorted(str(quad.object) for quad in about if quad.predicate == SKOS.altLabel)
    assert names == ["IOM Praha", "iom  praha"]
    assert not [quad for quad in about if quad.predicate == SKOS.prefLabel]
    assert [quad for quad in about if quad.predicate == PROV.wasDerivedFrom]
    assert objects(said, str(IG.recipient)) == ["organisation/curated/iom-prague"]
    assert "IOM Praha" in objects(said, str(IG.sourceValue))


def test_a_name_that_the_graph_has_is_not_kept_twice(tmp_path: Path) -> None:
    said = quads(tmp_path, "known:\n  - {organisation: IOM Praha, is: organisation/curated/iom, named: yes}\n")
    assert objects(said, str(SKOS.altLabel)) == []


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("{organisation: Charita, in: P/1, is: organisation/curated/caritas}", {"P%2F1"}),
        ('{organisation: Charita, id: "123", is: organisation/curated/caritas}', {"P%2F2"}),
        ("{organisation: charita, is: organisation/curated/caritas}", {"P%2F1", "P%2F2"}),
    ],
    ids=["in one project", "with one id", "everywhere"],
)
def test_one_mention_can_be_meant_alone(tmp_path: Path, known: str, expected: set[str]) -> None:
    said = quads(tmp_path, f"known:\n  - {known}\n")
    ends = str(IG.organisation), f"{BASE}organisation/curated/caritas"
    links = {str(quad.subject) for quad in said if (str(quad.predicate), str(quad.object)) == ends}
    assert {link.split("~")[0].rsplit("/", 1)[1] for link in links} == expected


def test_projects_and_programmes_can_be_the_graphs_too(tmp_path: Path) -> None:
    said = quads(
        tmp_path,
        "known:\n  - {project: P/1, is: project/curated/bridges}\n  - {programme: amif, is: programme/curated/amif}\n",
    )
    assert objects(said, str(IG.project)) == ["project/curated/bridges", "project/mine/P%2F2"]
    assert objects(said, str(IG.programme)) == ["programme/curated/amif"]
    assert objects(said, str(DCT.title)) == ["Cesty", "Mine"]
    assert "Mosty" in objects(said, str(IG.sourceValue))


def test_ids_of_the_list_are_never_taken_for_those_of_the_graph(tmp_path: Path) -> None:
    """The graph's project has the same key as one of the list, and yet no link of one is the other's."""
    said = quads(tmp_path, "known:\n  - {project: P/1, is: project/curated/P%2F2}\n")
    by_project: dict[str, set[str]] = {}
    for quad in said:
        if quad.predicate == IG.project:
            by_project.setdefault(str(quad.object), set()).add(str(quad.subject))
    assert sorted(by_project) == [f"{BASE}project/curated/P%2F2", f"{BASE}project/mine/P%2F2"]
    assert not set.intersection(*by_project.values())


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ("known: IOM", "map-no-list"),
        ("known:\n  - {organisation: IOM}", "map-needs"),
        ("known:\n  - {is: organisation/curated/iom}", "map-needs"),
        ("known:\n  - {organisation: IOM, is: project/curated/iom}", "map-value"),
        ("known:\n  - {organisation: IOM, is: iom}", "map-value"),
        ("known:\n  - {organisation: IOM, is: organisation/curated/iom, where: here}", "unknown-key"),
        ("known:\n  - {organisation: IOM, is: organisation/curated/iom, named: perhaps}", "map-value"),
    ],
)
def test_mistakes_are_told_at_their_line(known: str, rule: str) -> None:
    with pytest.raises(SourceFault) as raised:
        parse_map(f"{MAP}{known}\n")
    assert raised.value.finding.rule == rule
    assert raised.value.finding.location is not None
    assert (raised.value.finding.location.line or 0) > MAP.count("\n")
