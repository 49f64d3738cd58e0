from pathlib import Path

from rdflib import Graph

from graph_app.validation.check import check_graph
from loaders.datasets import read_datasets
from loaders.findings import Finding, Severity
from loaders.load import load

ROOT = Path(__file__).resolve().parents[3]


def test_advice_does_not_make_a_graph_fail(graph):
    report = check_graph(graph('ex:p a ig:Project ; dct:title "Course"@en ; prov:wasDerivedFrom ex:row4 .'))

    assert report.findings
    assert {found.severity for found in report.findings} == {Severity.WARNING}
    assert report.conforms


def test_each_fault_is_one_finding_at_its_cell(graph, cell):
    report = check_graph(
        graph(
            """
            ex:p a ig:Project ; dct:title "Course"@en ;
                ig:startDate "2014-02"^^xsd:gYearMonth ; ig:endDate "2013"^^xsd:gYear ;
                ig:country country:CZE , ex:narnia ; prov:wasDerivedFrom ex:row4 .
            ex:g a ig:Grant ; ig:project ex:p ; ig:amount ex:a ; prov:wasDerivedFrom ex:row5 .
            ex:a a ig:Amount ; ig:value "12,5" ; ig:currency "EUR" ; ig:amountKind amountkind:awarded ;
                prov:wasDerivedFrom ex:row5 .
            ex:x a ig:Participation ; ig:project ex:p ; ig:organisation ex:nobody ; prov:wasDerivedFrom ex:row5 .
            """
            + cell(4, "D", "ig:startDate")
            + cell(4, "E", "ig:endDate")
            + cell(4, "F", "ig:country", "Czechia", "country:CZE")
            + cell(4, "G", "ig:country", "Narnia", "ex:narnia")
            + cell(5, "C", "ig:value")
            + cell(5, "H", "ig:organisation")
        )
    )

    assert not report.conforms
    assert [(str(found.location), found.rule) for found in report.findings if found.severity is Severity.VIOLATION] == [
        ("entries.xlsx, Projects!E4", "DatesInOrder"),
        ("entries.xlsx, Projects!G4", "CountryListed"),
        ("entries.xlsx, Projects!row 5", "ParticipationRole"),
        ("entries.xlsx, Projects!C5", "AmountValue"),
        ("entries.xlsx, Projects!H5", "ParticipationOrganisation"),
    ]


def test_the_curated_data_breaks_no_rule():
    data = Graph()
    for dataset in read_datasets(ROOT / "data" / "datasets.yaml"):
        for item in load(ROOT / "data" / dataset.file, dataset):
            if not isinstance(item, Finding):
                data.add(item[:3])

    report = check_graph(data)

    assert [found for found in report.findings if found.severity is Severity.VIOLATION] == []
    assert all(found.location for found in report.findings)
