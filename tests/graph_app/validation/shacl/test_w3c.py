"""The W3C's SHACL suite: by pySHACL and by compiled shapes, all but two or three; on columns exactly or not at all."""

import tarfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import shacl
from rdflib import Graph, Namespace
from rdflib.namespace import RDF, SH

from graph_app.validation.engine import CheckedGraph, ShapesError, run_shapes
from tests.graph_app.validation.shacl.beside import Key, check, shown

ARCHIVE = Path(__file__).resolve().parents[5] / "shared" / "suites" / "shacl.tar.gz"
pytestmark = pytest.mark.skipif(
    not ARCHIVE.is_file(), reason=f"The W3C's suite is not at {ARCHIVE}, so it does not run."
)

SHT = Namespace("http://www.w3.org/ns/shacl-test#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
ROOT = "shacl/tests/"
#: What pySHACL gets wrong.
OF_PYSHACL = {
    "core/property/uniqueLang-002": 'rdflib reads "1"^^xsd:boolean as true, and the test tells the two apart',
    "sparql/pre-binding/shapesGraph-001": "pySHACL hands no shapes graph to a query",
}
#: What the library of compiled shapes gets wrong.
OF_COMPILED = {
    "core/property/uniqueLang-002": 'it reads "1"^^xsd:boolean as true, too',
    "core/property/or-datatypes-001": "one of two equal values that are written differently",
    "sparql/pre-binding/unsupported-sparql-004": "it does not refuse a query that the standard rules out",
}
#: What is otherwise on columns.
OF_COLUMNS = {
    "core/property/uniqueLang-002": OF_PYSHACL["core/property/uniqueLang-002"],
    "core/misc/severity-002": "a finding has one of three severities, and no other",
}
#: How many of the tests columns answer, at least.
ANSWERED = 93


@cache
def files() -> dict[str, bytes]:
    with tarfile.open(ARCHIVE) as archive:
        members = [member for member in archive.getmembers() if member.name.removeprefix("./").startswith(ROOT)]
        read = {member.name.removeprefix("./"): archive.extractfile(member) for member in members if member.isfile()}
        return {name.removeprefix(ROOT): stream.read() for name, stream in read.items() if stream is not None}


@cache
def graph(name: str) -> Graph:
    return Graph().parse(data=files()[name], format="turtle", publicID=f"https://suite.example/{name}")


def names() -> list[str]:
    if not ARCHIVE.is_file():
        return []
    tests = [name for name in files() if name.endswith(".ttl") and b"sht:Validate" in files()[name]]
    return sorted(name.removesuffix(".ttl") for name in tests)


def case(name: str) -> tuple[Graph, Graph, Counter[Key] | None]:
    """Return data, shapes and the expected results of a test, or none where a failure is expected."""
    manifest = graph(f"{name}.ttl")
    test = manifest.value(predicate=RDF.type, object=SHT.Validate)
    action, result = manifest.value(test, MF.action), manifest.value(test, MF.result)
    data, shapes = (
        graph(str(manifest.value(action, part)).removeprefix("https://suite.example/"))
        for part in (SHT.dataGraph, SHT.shapesGraph)
    )
    return data, shapes, None if result == SHT.Failure else keys(manifest, result)


def keys(report: Graph, node: object) -> Counter[Key]:
    return Counter(
        (
            str(report.value(one, SH.sourceConstraintComponent)),
            str(report.value(one, SH.resultSeverity)),
            shown(report.value(one, SH.focusNode)),
            shown(report.value(one, SH.value)),
        )
        for one in report.objects(node, SH.result)
    )


@pytest.mark.parametrize("name", [name for name in names() if name not in OF_PYSHACL])
def test_pyshacl_gives_the_expected_report(name: str) -> None:
    data, shapes, expected = case(name)
    copy = CheckedGraph()
    copy += data
    for prefix, space in data.namespaces():
        copy.bind(prefix, space)
    try:
        report = run_shapes(copy, shapes)
    except (ShapesError, ValueError):
        assert expected is None
        return
    assert keys(report, report.value(predicate=RDF.type, object=SH.ValidationReport)) == expected


@pytest.mark.parametrize("name", [name for name in names() if name not in OF_COMPILED])
def test_compiled_shapes_give_the_expected_report(name: str) -> None:
    data, shapes, expected = case(name)
    try:
        program = shacl.Shapes.from_text(shapes.serialize(format="nt"), "ntriples")
        report = Graph().parse(data=program.validate_text(data.serialize(format="nt"), "ntriples").turtle)
    except ValueError:
        assert expected is None
        return
    assert keys(report, report.value(predicate=RDF.type, object=SH.ValidationReport)) == expected


def on_columns(name: str, folder: Path) -> str:
    """Return why a test is not answered on columns, or nothing where it is answered as expected."""
    data, shapes, expected = case(name)
    found = check(data, shapes, folder)
    if found.uncovered:
        return min(found.uncovered.values())
    severities = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
    results = Counter(
        (str(one.component), str(severities[str(one.severity)]), shown(one.focus), shown(one.value))
        for one in found.results
    )
    assert results == expected, name
    return ""


def test_columns_answer_exactly_or_not_at_all(tmp_path: Path) -> None:
    told = {
        name: on_columns(name, tmp_path / str(number)) for number, name in enumerate(names()) if name not in OF_COLUMNS
    }
    assert sum(not reason for reason in told.values()) >= ANSWERED
