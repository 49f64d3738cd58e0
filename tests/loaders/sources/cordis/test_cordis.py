"""Tables of CORDIS, official and exported: what their rows become, and what is said of what is wrong in them."""

from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding, Severity
from loaders.records import Record
from loaders.sources.cordis import SOURCE, read
from loaders.sources.look import Look
from tests.loaders.sources.written import written

HERE = Path(__file__).parent
FAULTS = YAML(typ="safe").load(HERE / "faults.yaml")
#: Findings that tell how a file was read, whatever is in it.
TOLD = {"csv-read-as", "cordis-definitions", "cordis-columns-left-out"}


def load(path: Path, key: str = "invented") -> tuple[list[Record], list[Finding]]:
    items = list(read(path, Dataset(key, {"en": "Invented"}, "cordis", "cordis")))
    return [item for item in items if isinstance(item, Record)], [item for item in items if isinstance(item, Finding)]


def texts(record: Record) -> dict[str, str | list[str]]:
    return {
        name: cells[0].text if len(cells) == 1 else [cell.text for cell in cells]
        for name, cells in record.fields.items()
    }


def of(records: list[Record], kind: str) -> dict[tuple[str, ...], dict[str, str | list[str]]]:
    found: dict[tuple[str, ...], dict[str, str | list[str]]] = {}
    for record in records:
        if record.kind == kind:
            found.setdefault(record.key, {}).update(texts(record))
    return found


def test_a_folder_gives_projects_with_their_grants_and_programmes() -> None:
    records, _ = load(HERE / "official")
    projects = of(records, "project")
    assert projects["900001",] == {
        "title": "Schools that welcome newcomers",
        "acronym": "WELCOME",
        "description": 'Pupils; teachers, and "parents"\nlearn from each other.',
        "start": "2021-09-01",
        "end": "2024-08-31",
        "status": "running",
        "programme": ["call~H2020-SC6-MIGRATION-2018-2", "topic~MIGRATION-05-2018"],
    }
    assert projects["900002",]["title"] == '"Harbour" cities'
    assert projects["900002",]["status"] == "cancelled"
    grant = of(records, "grant")["900001",]
    assert grant == {
        "project": "900001",
        "donor": "~cordis~European Union",
        "programme": "call~H2020-SC6-MIGRATION-2018-2",
        "number": "900001",
    }
    programmes = of(records, "programme")
    above = {key[0]: fields.get("part_of", "") for key, fields in programmes.items()}
    assert above == {
        "framework~H2020": "",
        "call~H2020-SC6-MIGRATION-2018": "framework~H2020",
        "call~H2020-SC6-MIGRATION-2018-2": "call~H2020-SC6-MIGRATION-2018",
        "call~ERC-2021": "framework~H2020",
        "topic~MIGRATION-05-2018": "framework~H2020",
    }
    assert programmes["framework~H2020",]["donor"] == "~cordis~European Union"
    parts = {texts(record)["code"] for record in records if record.kind == "classification"}
    assert parts == {"H2020-EU.3.6.", "H2020-EU.5.", "RIA", "CSA"}


def test_amounts_keep_their_kinds_apart_and_show_how_they_were_written() -> None:
    records, findings = load(HERE / "official")
    amounts = {record.key: record for record in records if record.kind == "amount"}
    award = amounts["900001", "1500000.25", "EUR", "awarded"]
    assert texts(award)["value_date"] == "2021-06-17"
    cost = amounts["project", "900001", "1694762.5", "EUR", "total-cost"].fields["value"][0]
    assert (cost.text, cost.source, cost.column) == ("1694762.5", "1694762,5", "G")
    coordinator = ("participation", "900001", "999000001~UNIVERSITY OF NOWHERE", "coordinator")
    assert {key[-3:] for key in amounts if key[:4] == coordinator} == {
        ("500000", "EUR", "eu-contribution"),
        ("500000", "EUR", "net-eu-contribution"),
        ("600000.5", "EUR", "total-cost"),
    }
    assert [found.text() for found in findings if found.rule == "cordis-decimal-comma"] == [
        "Amounts with a comma before their decimals were read so (2 times), for CORDIS never groups thousands."
    ]
    assert Counter(found.rule for found in findings)["cordis-definitions"] == 1


def test_participations_follow_the_crosswalk_and_keep_the_word_of_the_source() -> None:
    records, _ = load(HERE / "official")
    participations = of(records, "participation")
    assert {key[2:]: fields["source_role"] for key, fields in participations.items()} == {
        ("coordinator",): "coordinator",
        ("partner",): "internationalPartner",
        ("affiliated-entity",): "thirdParty",
        ("affiliated-entity", "2"): "thirdParty",
        ("associated-partner",): "associatedPartner",
    }
    assert len(participations) == 6
    ended = [fields for fields in participations.values() if "description" in fields]
    assert [fields["organisation"] for fields in ended] == ["999000002~Verein Ankunft"]
    organisations = of(records, "organisation")
    assert organisations["999000001~UNIVERSITY OF NOWHERE",] == {
        "name": "UNIVERSITY OF NOWHERE",
        "other_name": "UNOW",
        "type": "education-establishment",
        "seat": "EL",
        "locality": "NOWHERE",
        "postcode": "10000",
        "website": "http://www.unow.example",
    }
    # Without a PIC a name counts within its project only.
    assert ("~900001~City of Elsewhere",) in organisations
    codes = {(fields["scheme"], fields["code"]) for fields in of(records, "identifier").values()}
    assert codes == {
        *(("PIC", f"99900000{number}") for number in (1, 2, 3, 6)),
        ("VAT", "EL000000001"),
        *(("CORDIS-RCN", code) for code in ("210052", "210053")),
        ("DOI", "10.3030/900001"),
    }


def test_further_tables_of_the_export_add_names_and_fields_of_science(tmp_path: Path) -> None:
    for path in (HERE / "official").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    extra = {
        "topics.csv": '"projectID";"topic";"title"\n"900001";"MIGRATION-05-2018";"Integration of newcomers"\n',
        "legalBasis.csv": '"projectID";"legalBasis";"title"\n"900001";"H2020-EU.3.6.";"Societies"\n',
        "euroSciVoc.csv": '"projectID";"euroSciVocCode";"euroSciVocTitle"\n"900001";"/29/97";"sociology"\n',
    }
    for name, content in extra.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    records, findings = load(tmp_path)
    names = {cell.text for record in records if record.kind == "programme" for cell in record.fields.get("name", ())}
    assert {"MIGRATION-05-2018", "Integration of newcomers"} <= names
    classes = of(records, "classification")
    assert classes["900001", "H2020-EU.3.6.", "programme-part", "cordis-legal-basis"]["name"] == "Societies"
    assert classes["900001", "/29/97", "field-of-science", "euroSciVoc"]["name"] == "sociology"
    assert len(of(records, "grant")) == len(of(load(HERE / "official")[0], "grant"))
    assert "cordis-row-contradicts" not in {found.rule for found in findings}


def test_the_columns_of_older_exports_are_known_and_contacts_stay_out() -> None:
    records, findings = load(HERE / "old")
    assert of(records, "project")["300001",]["title"] == '"Old" times'
    assert of(records, "project")["300001",]["start"] == "2008-01-01"
    assert of(records, "project")["300001",]["acronym"] == "OLDTIMER"
    participation = next(iter(of(records, "participation").values()))
    assert participation["role"] == "recipient"
    assert participation["source_role"] == "hostInstitution"
    rules = Counter(found.rule for found in findings)
    assert rules["cordis-contact"] == 1
    assert rules["cordis-quotes"] == 1
    said = " ".join(cell.text for record in records for cells in record.fields.values() for cell in cells)
    assert "Ann" not in said
    assert "+30" not in " ".join([said, *(found.text() + found.value for found in findings)])


def test_a_project_and_its_participations_meet_across_files(tmp_path: Path) -> None:
    for name in ("project.csv", "organization.csv"):
        (tmp_path / name).write_bytes((HERE / "official" / name).read_bytes())
    alone = {name: load(tmp_path / name)[0] for name in ("project.csv", "organization.csv")}
    assert set(of(alone["organization.csv"], "project")) <= set(of(alone["project.csv"], "project"))
    together = {(record.kind, record.key) for record in load(HERE / "official")[0]}
    assert together == {(record.kind, record.key) for records in alone.values() for record in records}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_said_and_the_rest_loaded(name: str, tmp_path: Path) -> None:
    case = FAULTS[name]
    path = tmp_path / "table.csv"
    path.write_text(case["content"], encoding="utf-8")
    if "refused" in case:
        with pytest.raises(SourceFault) as caught:
            load(path)
        assert caught.value.finding.rule == case["refused"]
        return
    records, findings = load(path)
    assert [found.rule for found in findings if found.rule not in TOLD] == case["found"]
    assert of(records, "participation")
    wrong = [found for found in findings if found.severity is not Severity.INFO]
    assert all(found.location is not None and found.location.row for found in wrong)


def test_order_of_rows_changes_no_identity(tmp_path: Path) -> None:
    lines = (HERE / "official" / "organization.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "organization.csv"
    path.write_text("\n".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    before = {(record.kind, record.key) for record in load(HERE / "official" / "organization.csv")[0]}
    after = {(record.kind, record.key) for record in load(path)[0]}
    # The two shares of one third party are told apart by their order alone.
    assert {key for key in before ^ after if key[0] != "amount"} == set()


def test_files_are_recognised_by_their_headings(tmp_path: Path) -> None:
    assert "organisations" in SOURCE.recognise(Look(HERE / "official" / "organization.csv"))
    assert "projects" in SOURCE.recognise(Look(HERE / "old" / "projects.csv"))
    assert SOURCE.recognise(Look(HERE / "official"))
    other = tmp_path / "other.csv"
    other.write_text("id,name\n1,2\n", encoding="utf-8")
    assert not SOURCE.recognise(Look(other))
    assert not SOURCE.recognise(Look(tmp_path))
    assert not SOURCE.recognise(Look(tmp_path / "absent.csv"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=30), max_size=5), st.sampled_from(";,"))
def test_no_table_makes_it_stumble(rows: list[list[str]], separator: str) -> None:
    head = (HERE / "official" / "organization.csv").read_text(encoding="utf-8").splitlines()[0].replace(";", separator)
    content = "\n".join([head, *(separator.join(cells) for cells in rows)])
    file = written("organization.csv", content.encode("utf-8", errors="replace"))
    with suppress(SourceFault):
        load(file.path)
