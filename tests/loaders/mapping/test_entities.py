"""A record becomes exactly its statements, its provenance, and a finding for each value that cannot be used."""

from urllib.parse import quote

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from loaders.findings import Finding, Severity
from loaders.mapping.entities import Mapper
from loaders.mapping.lines import read_quads
from loaders.mapping.quads import Quad, data_graph, provenance_graph
from loaders.mapping.values import Names
from loaders.records import Cell, Record, SourceRef
from loaders.vocabulary import BASE, COUNTRY, DCT, IG, PROV, ROLE, SKOS

NAMES = Names("curated", BASE, addresses=True)
SOURCE = SourceRef("docs", "records.yaml", "ab" * 32, line=12, locator="lines 3-4")
PROJECT = URIRef(f"{BASE}project/curated/access")


def mapped(
    kind: str, key: tuple[str, ...], names: Names = NAMES, **fields: tuple[Cell, ...]
) -> tuple[set[Quad], list[Finding]]:
    items = list(Mapper(names).lines(Record(kind, key, SOURCE, fields)))
    lines = "".join(item for item in items if isinstance(item, str))
    return set(read_quads(lines)), [item for item in items if isinstance(item, Finding)]


def stated(quads: set[Quad]) -> set[tuple[object, ...]]:
    graph = data_graph("docs")
    return {quad[:3] for quad in quads if quad.graph == graph and quad.predicate not in {RDF.type, PROV.wasDerivedFrom}}


def test_values_keep_their_precision_and_language() -> None:
    quads, findings = mapped(
        "project",
        ("access",),
        title=(Cell("ACCESS", language="en"), Cell("PŘÍSTUP", language="cs")),
        start=(Cell("2013-12"),),
        country=(Cell("Czech Republic"), Cell("FIN")),
    )
    assert not findings
    assert stated(quads) == {
        (PROJECT, DCT.title, Literal("ACCESS", lang="en")),
        (PROJECT, DCT.title, Literal("PŘÍSTUP", lang="cs")),
        (PROJECT, IG.startDate, Literal("2013-12", datatype=XSD.gYearMonth)),
        (PROJECT, IG.country, COUNTRY.CZE),
        (PROJECT, IG.country, COUNTRY.FIN),
    }


def test_links_go_to_the_entities_of_the_same_namespace() -> None:
    quads, findings = mapped(
        "participation",
        ("access", "iom-prague", "partner"),
        project=(Cell("access"),),
        organisation=(Cell("https://example.org/org/1"),),
        role=(Cell("partner"),),
    )
    link = URIRef(f"{BASE}participation/curated/access/iom-prague/partner")
    assert not findings
    assert stated(quads) == {
        (link, IG.project, PROJECT),
        (link, IG.organisation, URIRef("https://example.org/org/1")),
        (link, IG.role, ROLE.partner),
    }


@pytest.mark.parametrize("text", ["organisation/curated/iom", f"{BASE}organisation/curated/iom"])
def test_an_entity_of_the_graph_goes_by_its_path_or_iri(text: str) -> None:
    names = Names("submission-1", BASE, addresses=True)
    quads, _ = mapped("participation", ("p",), names, organisation=(Cell(text),))
    links = {quad.object for quad in quads if quad.predicate == IG.organisation}
    assert links == {URIRef(f"{BASE}organisation/curated/iom")}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://example.org/p", "https%3A%2F%2Fexample.org%2Fp"),
        (f"{BASE}project/curated/x", quote(f"{BASE}project/curated/x", safe="")),
        ("project/curated/x", "project%2Fcurated%2Fx"),
        ("project/iati/x", "project%2Fiati%2Fx"),
    ],
)
def test_an_id_that_others_publish_stays_in_its_identifier_space(text: str, key: str) -> None:
    names = Names("iati", BASE)
    quads, findings = mapped("project", (text,), names, related=(Cell(text),))
    minted = URIRef(f"{BASE}project/iati/{key}")
    assert not findings
    assert stated(quads) == {(minted, DCT.relation, minted)}


def test_a_published_reference_without_target_names_no_address() -> None:
    names = Names("iati", BASE)
    quads, _ = mapped("discrepancy", ("d1",), names, about=(Cell("project/curated/x"),))
    assert the(quads, IG.about) == URIRef(f"{BASE}project/iati/curated%2Fx")
    _, findings = mapped("discrepancy", ("d1",), names, about=(Cell("https://example.org/p"),))
    assert [item.rule for item in findings] == ["reference-without-kind"]


def test_a_reference_can_be_of_another_identifier_space() -> None:
    quads, _ = mapped("project", ("g",), Names("360giving", BASE), related=(Cell("XX-1/2", space="iati"),))
    assert the(quads, DCT.relation) == URIRef(f"{BASE}project/iati/XX-1%2F2")


def test_an_inverse_field_makes_the_other_entity_the_subject() -> None:
    quads, _ = mapped("beneficiaries", ("access", "refugees"), project=(Cell("access"),), count=(Cell("75"),))
    node = URIRef(f"{BASE}beneficiaries/curated/access/refugees")
    assert (PROJECT, IG.expectedBeneficiaries, node) in stated(quads)
    assert (node, IG["count"], Literal("75", datatype=XSD.integer)) in stated(quads)


def test_a_reference_without_target_names_its_kind() -> None:
    quads, findings = mapped("discrepancy", ("d1",), about=(Cell("project/access"),))
    assert (URIRef(f"{BASE}discrepancy/curated/d1"), IG.about, PROJECT) in stated(quads)
    assert not findings
    _, findings = mapped("discrepancy", ("d1",), about=(Cell("access"),))
    assert [item.rule for item in findings] == ["reference-without-kind"]


def told(quads: set[Quad], node: object) -> set[tuple[object, str]]:
    return {(quad.predicate, str(quad.object)) for quad in quads if quad.subject == node}


def the(quads: set[Quad], path: URIRef) -> object:
    (found,) = {quad.object for quad in quads if quad.predicate == path}
    return found


def test_a_record_says_where_it_stands_and_shares_the_rest() -> None:
    quads, _ = mapped("project", ("access",), start=(Cell("2013-12-01", column="start", line=15),))
    record, layout, field = the(quads, PROV.wasDerivedFrom), the(quads, IG.layout), the(quads, IG.field)
    file = the(quads, IG.file)
    assert {quad.graph for quad in quads if quad.subject in {record, layout, field, file}} == {provenance_graph("docs")}
    assert told(quads, record) == {(IG.layout, str(layout)), (IG.line, "12"), (IG.locator, "lines 3-4")}
    assert told(quads, layout) == {(IG.file, str(file)), (IG.field, str(field))}
    assert told(quads, field) == {(IG.property, str(IG.startDate)), (IG.column, "start"), (IG.lineOffset, "3")}
    assert told(quads, file) == {
        (RDF.type, str(IG.SourceFile)),
        (IG.dataset, f"{BASE}dataset/docs"),
        (IG.fileName, "records.yaml"),
        (IG.fileHash, "ab" * 32),
    }
    assert IG.cell not in {quad.predicate for quad in quads}


@pytest.mark.parametrize(
    ("name", "cell", "read"),
    [
        ("start", Cell("1.12.2013", "C"), "2013-12-01"),
        ("start", Cell("2013-12-01", "C", source="1/12/13"), "2013-12-01"),
        ("title", Cell(" ACCESS", "C"), "ACCESS"),
        ("country", Cell("Czech Republic", "C"), str(COUNTRY.CZE)),
        ("website", Cell("https://example.org/a", "C"), "https://example.org/a"),
    ],
)
def test_a_cell_that_says_something_else_than_its_value_keeps_its_text(name: str, cell: Cell, read: str) -> None:
    quads, _ = mapped("project", ("access",), **{name: (cell,)})
    node, layout = the(quads, IG.cell), the(quads, IG.layout)
    (field,) = {text for path, text in told(quads, layout) if path == IG.field}
    assert told(quads, node) == {(IG.field, field), (IG.sourceValue, cell.source or cell.text), (RDF.value, read)}


@pytest.mark.parametrize(
    ("name", "text"),
    [("start", "2013-12"), ("title", 'A "quoted"\ntitle\\'), ("country", "CZE"), ("status", "finished")],
)
def test_a_cell_that_its_value_tells_is_not_told_again(name: str, text: str) -> None:
    quads, findings = mapped("project", ("access",), **{name: (Cell(text, "C"),)})
    assert not findings
    assert IG.cell not in {quad.predicate for quad in quads}


def test_several_cells_of_one_property_are_told_and_several_values_of_one_cell_only_where_one_differs() -> None:
    def texts(*cells: Cell) -> set[str]:
        quads, _ = mapped("project", ("access",), country=cells)
        return {str(quad.object) for quad in quads if quad.predicate == IG.sourceValue}

    assert texts(Cell("CZE", "C"), Cell("SVK", "D")) == {"CZE", "SVK"}
    assert texts(Cell("CZE", "C"), Cell("SVK", "C")) == set()
    assert texts(Cell("CZE", "C"), Cell("Slovakia", "C")) == {"CZE", "Slovakia"}


def test_the_record_that_says_otherwise_than_the_one_before_keeps_its_cells() -> None:
    mapper = Mapper(NAMES)

    def texts(line: int, start: str) -> set[str]:
        source = SOURCE._replace(line=line)
        record = Record("project", ("access",), source, {"start": (Cell(start, "C"),), "title": (Cell("A", "D"),)})
        lines = "".join(item for item in mapper.lines(record) if isinstance(item, str))
        return {str(quad.object) for quad in read_quads(lines) if quad.predicate == IG.sourceValue}

    assert texts(1, "2013") == set()
    assert texts(2, "2013") == set()
    assert texts(3, "2014") == {"2014", "A"}


@pytest.mark.parametrize(("line", "told"), [(7, set()), (9, {"9"})])
def test_a_row_tells_its_line_only_where_it_has_another_number(line: int, told: set[str]) -> None:
    source = SourceRef("docs", "projects.csv", "ab" * 32, row=7)
    record = Record(
        "project", ("access",), source, {"title": (Cell("A", "B", line),), "start": (Cell("2013", "C", line),)}
    )
    lines = "".join(item for item in Mapper(NAMES).lines(record) if isinstance(item, str))
    quads = set(read_quads(lines))
    assert {str(quad.object) for quad in quads if quad.predicate == IG.line} == told
    assert {str(quad.object) for quad in quads if quad.predicate == IG.lineOffset} == {"0"}


def test_two_entities_of_one_line_have_records_of_their_own() -> None:
    one, _ = mapped("amount", ("g", "100"), value=(Cell("100"),))
    other, _ = mapped("amount", ("g", "200"), value=(Cell("200"),))
    assert the(one, PROV.wasDerivedFrom) != the(other, PROV.wasDerivedFrom)


def test_a_value_that_cannot_be_used_is_a_finding_at_its_cell_and_the_rest_goes_on() -> None:
    quads, findings = mapped(
        "project",
        ("access",),
        title=(Cell("ACCESS", language="en"),),
        country=(Cell("Atlantis", column="country", line=9),),
    )
    (found,) = findings
    assert found.severity is Severity.VIOLATION
    assert (found.value, found.focus, found.path) == ("Atlantis", str(PROJECT), str(IG.country))
    assert found.location is not None
    assert (found.location.file, found.location.line, found.location.column) == ("records.yaml", 9, "country")
    assert stated(quads) == {(PROJECT, DCT.title, Literal("ACCESS", lang="en"))}


def test_a_second_value_of_a_single_field_is_a_finding() -> None:
    _, findings = mapped("project", ("access",), start=(Cell("2013"), Cell("2014")))
    assert [item.rule for item in findings] == ["more-than-one-value"]
    _, findings = mapped("project", ("access",), title=(Cell("A", language="en"), Cell("B", language="cs")))
    assert not findings


def test_text_that_deceives_the_eye_is_kept_and_noted() -> None:
    quads, findings = mapped("organisation", ("c",), name=(Cell("\u0421aritas", language="en"),))
    assert [(item.rule, item.severity) for item in findings] == [("mixed-script", Severity.WARNING)]
    assert (URIRef(f"{BASE}organisation/curated/c"), SKOS.prefLabel, Literal("\u0421aritas", lang="en")) in stated(
        quads
    )


@pytest.mark.parametrize(("text", "read", "perhaps"), [("SR", "SUR", "Slovensko"), ("CR", "CRI", "Česk")])
def test_a_country_code_that_czech_writers_use_otherwise_is_read_and_noted(text: str, read: str, perhaps: str) -> None:
    for field in ("seat", "country"):
        kind = "organisation" if field == "seat" else "project"
        quads, (found,) = mapped(kind, ("k",), **{field: (Cell(text, column="D"),)})
        assert COUNTRY[read] in {quad.object for quad in quads}
        assert (found.rule, found.severity, found.value) == ("country-code-in-doubt", Severity.WARNING, text)
        assert found.location is not None
        assert found.location.column == "D"
        assert perhaps in found.text("cs")


@pytest.mark.parametrize("text", ["SUR", "sr", "Costa Rica", "CZ", "SK"])
def test_a_country_that_is_plain_is_not_noted(text: str) -> None:
    assert mapped("organisation", ("k",), seat=(Cell(text),))[1] == []


@pytest.mark.parametrize(
    "text", ["organisation/curated/", "organisation//x", "organisation/", "/", "%", "organisation/a/%zz"]
)
def test_half_a_path_is_a_key_like_any_other(text: str) -> None:
    quads, findings = mapped("participation", ("p",), organisation=(Cell(text),))
    assert not findings
    assert any(quad.predicate == IG.organisation for quad in quads)
