"""360Giving: what a grant becomes, from JSON as from tables, and what is said of what it does not become."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from loaders.findings import Finding
from loaders.mentions import organisation_key
from loaders.records import Cell, Record
from loaders.sources.look import Look
from loaders.sources.threesixty import SOURCE
from loaders.sources.threesixty.fields import heading_path
from tests.loaders.sources.threesixty.files import facts, flattened, read_bytes, workbook
from tests.loaders.sources.written import written

HERE = Path(__file__).parent
JSON = (HERE / "grants.json").read_bytes()
GRANTS: list[dict[str, Any]] = json.loads(JSON)["grants"]
FUNDER = organisation_key("GB-CHC-2000002", "Invented Trust", "")
WELCOME = organisation_key("GB-CHC-1000001", "Welcome House", "")


def described(items: list[Record | Finding]) -> dict[tuple[str, tuple[str, ...]], dict[str, Any]]:
    """Kind and key to the texts of the fields, one text where there is only one."""
    return {
        (kind, key): {name: texts[0] if len(texts) == 1 else texts for name, texts in fields.items()}
        for kind, key, fields in facts(items)
    }


def told(items: list[Record | Finding]) -> Counter[str]:
    return Counter(item.rule for item in items if isinstance(item, Finding))


@pytest.fixture(scope="module")
def read() -> list[Record | Finding]:
    return read_bytes("grants.json", JSON)


def test_a_grant_pays_for_a_project_of_its_own(read: list[Record | Finding]) -> None:
    found = described(read)
    assert found["project", ("360G-invented-1",)] == {
        "title": "English for newcomers",
        "description": "Evening classes",
        "planned_start": "2021-05-01",
        "planned_end": "2022-04-30",
        "actual_start": "2021-06",
        "start": "2021-06",
        "end": "2022-04-30",
        "duration": "P12M",
        "country": "GB",
        "place": ("E08000035~~~leeds", "~GB-CHC-2000002~GB~across the county"),
        "programme": "GB-CHC-2000002~NEW~newcomers",
        "related": ("360G-invented-2", "GB-GOV-1/300"),
        "website": "https://invented.example/grants/1",
    }
    assert found["grant", ("360G-invented-1",)] == {
        "project": "360G-invented-1",
        "donor": FUNDER,
        "programme": "GB-CHC-2000002~NEW~newcomers",
        "recipient": (WELCOME, organisation_key("360G-invented-ORG-7", "Language Circle", "")),
        "number": "360G-invented-1",
    }
    assert found["programme", ("GB-CHC-2000002~NEW~newcomers",)] == {
        "name": "Newcomers",
        "other_name": "NEW",
        "donor": FUNDER,
        "description": "For people who arrive",
    }
    assert found["place", ("E08000035~~~leeds",)] == {
        "name": "Leeds",
        "country": "GB",
        "vocabulary": "MD",
        "code": "E08000035",
    }


def test_amounts_of_different_kinds_are_different_amounts(read: list[Record | Finding]) -> None:
    amounts = [
        (fields["value"], fields["amount_kind"], fields.get("value_date"), fields.get("flow_level"))
        for (kind, _), fields in described(read).items()
        if kind == "amount"
    ]
    assert amounts == [
        ("10000.5", "awarded", "2021-03-04", None),
        ("12000", "applied-for", None, None),
        ("5000", "disbursed", None, None),
        ("250000", "awarded", "2021-03-04", "regrant"),
        ("300", "awarded", "2021-03-05", None),
        ("41133.77", "awarded", "2021-03-06", None),
    ]


def test_roles_are_those_that_the_fields_say_and_money_to_grant_on_makes_an_intermediary(
    read: list[Record | Finding],
) -> None:
    roles = Counter(
        (fields["project"], fields["role"], fields["source_role"])
        for (kind, _), fields in described(read).items()
        if kind == "participation"
    )
    assert roles == {
        ("360G-invented-1", "funder", "fundingOrganization"): 1,
        ("360G-invented-1", "recipient", "recipientOrganization"): 2,
        ("360G-invented-2", "funder", "fundingOrganization"): 1,
        ("360G-invented-2", "recipient", "recipientOrganization"): 1,
        ("360G-invented-2", "intermediary", "regrantType FRG010"): 1,
        ("360G-invented-3", "funder", "fundingOrganization"): 1,
        ("360G-invented-4", "funder", "fundingOrganization"): 1,
        ("360G-invented-4", "recipient", "recipientOrganization"): 1,
    }


def test_an_organisation_is_described_once_with_its_identifiers(read: list[Record | Finding]) -> None:
    found = described(read)
    assert found["organisation", (WELCOME,)] == {
        "name": "Welcome House",
        "type": "NGO",
        "seat": "United Kingdom",
        "locality": "Leeds",
        "postcode": "LS1 1AA",
        "website": "https://welcome.example",
    }
    codes = [(fields["scheme"], fields["code"]) for (kind, _), fields in found.items() if kind == "identifier"]
    assert codes == [
        ("GB-CHC", "2000002"),
        ("GB-CHC", "1000001"),
        ("GB-COH", "01234567"),
        ("360Giving", "360G-invented-ORG-7"),
        ("GB-SC", "SC012345"),
    ]
    # The same mention in other letters is another spelling of its name, not another organisation.
    names = [fields for kind, key, fields in facts(read) if kind == "organisation" and key == (FUNDER,)]
    assert names == [{"name": ("Invented Trust",)}, {"other_name": ("Invented  Trust",)}]


def test_classifications_keep_their_vocabulary(read: list[Record | Finding]) -> None:
    found = [fields for (kind, _), fields in described(read).items() if kind == "classification"]
    assert [(f["classification_type"], f.get("vocabulary"), f.get("code"), f.get("name")) for f in found] == [
        ("classifications", "Invented", "ED", "Education"),
        ("fundingType", None, None, "Core costs"),
        ("locationScope", "locationScope", "GLS050", None),
        ("regrantType", "regrantType", "FRG010", None),
    ]


def test_nothing_about_a_natural_person_is_read(read: list[Record | Finding]) -> None:
    text = repr(read)
    for word in ("Jana", "Vymyšlená", "IND-9", "GTIR010", "GTIP020", "A. Person", "person@"):
        assert word not in text
    found = described(read)
    assert found["grant", ("360G-invented-3",)] == {
        "project": "360G-invented-3",
        "donor": FUNDER,
        "number": "360G-invented-3",
    }
    assert found["project", ("360G-invented-3",)] == {"title": "360G-invented-3", "description": "Furniture"}


def test_what_is_left_out_is_said(read: list[Record | Finding]) -> None:
    assert told(read) == {
        "threesixty-personal": 1,
        "threesixty-individual": 1,
        "threesixty-person-named": 1,
        "threesixty-binary": 1,
        "threesixty-left-out": 1,
        "threesixty-unknown-field": 1,
    }
    left_out, unknown = [item for item in read if isinstance(item, Finding)][-2:]
    named = "beneficiaryLocation/latitude (1), fundingOrganization/department (1), fromOpenCall (1)."
    assert left_out.text().endswith(f"left out (3 values): {named}")
    assert "Board (2)" in unknown.text()


def test_every_value_has_its_path_and_line(read: list[Record | Finding]) -> None:
    record = next(item for item in read if isinstance(item, Record) and item.key == (WELCOME,))
    (name,) = record.fields["name"]
    lines = JSON.decode().splitlines()
    assert (record.source.locator, name.column) == ("grants[0]", "recipientOrganization[0]/name")
    assert name.line is not None
    assert "Welcome House" in lines[name.line - 1]
    assert record.source.line is not None
    assert '"id": "360G-invented-1"' in lines[record.source.line]
    amount = next(item for item in read if isinstance(item, Record) and item.kind == "amount")
    (day,) = amount.fields["value_date"]
    assert (day.text, day.source) == ("2021-03-04", "2021-03-04T00:00:00+00:00")


def test_a_workbook_of_several_sheets_says_the_same() -> None:
    from_json = described(read_bytes("grants.json", JSON))
    items = read_bytes("grants.xlsx", workbook(HERE / "workbook"))
    assert described(items) == from_json
    assert told(items) == {
        "threesixty-personal": 1,
        "threesixty-individual": 1,
        "threesixty-person-named": 1,
        "threesixty-serial": 1,
        "rows-above-header": 1,
        "threesixty-no-header": 1,
        "threesixty-part-alone": 1,
        "threesixty-left-out": 1,
        "threesixty-unknown-field": 1,
    }
    place = next(item for item in items if isinstance(item, Record) and item.kind == "place")
    assert (place.source.sheet, place.source.row) == ("4-Places", 3)
    assert place.fields["name"] == (Cell("Leeds", "B", None, "und"),)


def test_a_flat_table_says_the_same() -> None:
    assert described(read_bytes("grants.csv", flattened(GRANTS))) == described(read_bytes("grants.json", JSON))


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Identifier", ("id",)),
        ("recipientOrganization/1/name", ("recipientOrganization", 1, "name")),
        ("Recipient Org:Name", ("recipientOrganization", 0, "name")),
        ("recipient org : 2 : location : country code", ("recipientOrganization", 2, "location", 0, "countryCode")),
        ("Grant Programme: Title", ("grantProgramme", 0, "title")),
        ("From an open call?", ("fromOpenCall",)),
        ("relatedDocument/0/title", ("relatedDocument",)),
        ("Recipient Ind:Name", ("recipientIndividual", "name")),
        ("Recipient Org", None),
        ("Recipient Org:99999999999:Name", None),
        ("Title:Title", None),
        ("Website: Decision Notes", None),
        ("", None),
    ],
)
def test_headings_are_paths_of_names_or_of_titles(heading: str, path: tuple[str | int, ...] | None) -> None:
    assert heading_path(heading) == path


def test_columns_that_cannot_be_told_apart_are_read_once() -> None:
    items = read_bytes("twice.csv", b"Identifier,Title,title,Amount Awarded,\n360G-a-1,One,Two,5,stray\n")
    assert described(items)["project", ("360G-a-1",)] == {"title": "One"}
    assert told(items)["threesixty-column-twice"] == 1
    assert isinstance(items[-1], Finding)
    assert "(C) (1), (E) (1)" in items[-1].text()


@pytest.mark.parametrize(
    ("name", "content", "known"),
    [
        ("a.json", JSON, True),
        ("a.json", b'\xef\xbb\xbf{"grants":[', True),
        ("a.json", b'{"things": []}', False),
        ("a.json", b"\x00\xff", False),
        ("a.csv", b"note\nIdentifier,Award Date,Funding Org:Name\n", True),
        ("a.csv", b"Identifier,Title,Start\n", False),
        ("a.csv", b"a;b\n1;2\n", False),
        ("a.xlsx", b"PK\x03\x04 no workbook", False),
        ("a.yaml", b"grants: []", False),
    ],
)
def test_files_are_recognised_by_their_beginning(name: str, content: bytes, known: bool) -> None:
    assert bool(SOURCE.recognise(Look(written(name, content).path))) is known


def test_a_workbook_and_a_folder_are_recognised_for_what_they_are(tmp_path: Path) -> None:
    assert SOURCE.recognise(Look(written("a.xlsx", workbook(HERE / "workbook")).path))
    assert not SOURCE.recognise(Look(tmp_path))
    assert not SOURCE.recognise(Look(tmp_path / "absent.json"))


@pytest.mark.parametrize(
    ("organisation", "identifiers"),
    [
        ({"id": "GB-CHC-1000001", "charityNumber": "1000001"}, [("GB-CHC", "1000001")]),
        ({"id": "GB-CHC-1000001", "charityNumber": 1000002}, [("GB-CHC", "1000001"), ("GB-CHC", "1000002")]),
        ({"id": "GB-NIC-103772", "charityNumber": "103772"}, [("GB-NIC", "103772")]),
        ({"id": "GB-COH-01234567", "companyNumber": "1234567"}, [("GB-COH", "01234567")]),
        ({"id": "360G-a-7", "charityNumber": "sc 012345"}, [("360Giving", "360G-a-7"), ("GB-SC", "SC012345")]),
        ({"id": "-", "companyNumber": "OC300001"}, [("GB-COH", "OC300001")]),
        ({"id": "XM-DAC-41114", "charityNumber": "TBC"}, [("XM-DAC", "41114")]),
        ({"id": "US-EIN-53-0196605"}, [("US-EIN", "53-0196605")]),
        ({"id": "1000001"}, [("360Giving", "1000001")]),
        ({"charityNumber": "exempt, says Jana"}, []),
    ],
)
def test_identifiers_are_split_by_register(organisation: dict[str, Any], identifiers: list[tuple[str, str]]) -> None:
    grant = {"id": "360G-a-1", "recipientOrganization": [{"name": "One", **organisation}]}
    items = read_bytes("one.json", json.dumps({"grants": [grant]}).encode())
    found = [fields for kind, _, fields in facts(items) if kind == "identifier"]
    assert [(*fields["scheme"], *fields["code"]) for fields in found] == identifiers
    assert "Jana" not in repr(items)


def test_a_name_alone_counts_within_its_grant_and_a_slash_makes_no_address() -> None:
    organisations = [{"name": "Club"}, {"id": "http://w3id.org/x", "name": "Club"}, {"id": "organisation/curated/iom"}]
    grants = [{"id": key, "recipientOrganization": organisations} for key in ("360G-a-1", "360G-a-2")]
    items = read_bytes("club.json", json.dumps({"grants": grants}).encode())
    assert [key for kind, (key, *_), _ in facts(items) if kind == "organisation"] == [
        "~360G-a-1~Club",
        "http:%2F%2Fw3id.org%2Fx~Club",
        "organisation%2Fcurated%2Fiom~",
        "~360G-a-2~Club",
    ]


def test_what_is_no_grant_is_related_as_an_activity() -> None:
    related = ["360G-a-2", " GB-GOV-1/300", "https://example.org/1", "project/curated/x"]
    items = read_bytes("one.json", json.dumps({"grants": [{"id": "360G-a-1", "relatedActivity": related}]}).encode())
    (project,) = (item for item in items if isinstance(item, Record) and item.kind == "project")
    assert [cell.space for cell in project.fields["related"]] == ["", "iati", "iati", "iati"]


def test_what_contradicts_is_said_once_and_the_first_holds() -> None:
    recipients = [{"id": "GB-CHC-1", "name": "One", "postalCode": code} for code in ("A1", "B2", "A1", "B2")]
    grants = [{"id": f"360G-a-{n}", "recipientOrganization": [one]} for n, one in enumerate(recipients)]
    items = read_bytes("twice.json", json.dumps({"grants": grants}).encode())
    assert told(items) == {"threesixty-differs": 1}
    assert [fields for kind, _, fields in facts(items) if kind == "organisation"] == [
        {"name": ("One",), "postcode": ("A1",)}
    ]


def test_rows_of_other_sheets_add_items_and_lose_none(tmp_path: Path) -> None:
    sheets = {
        "1": "Identifier,Title,Recipient Org:Identifier,Recipient Org:Name\nx,One,GB-CHC-1,House\n",
        "2": "Identifier,Recipient Org:Identifier,Recipient Org:Name,Recipient Org:City\n"
        "x,GB-CHC-1,House,Leeds\nx,GB-CHC-1,Other House,York\n",
        "3": "Identifier,Related Activity:0\nx,360G-a\nx,360G-b\nx,360G-a\n",
        "4": "Identifier,Beneficiary Location:Name,Beneficiary Location:Country Code\nx,Leeds,GB\nx,York,GB\n",
    }
    for name, text in sheets.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    found = described(read_bytes("rows.xlsx", workbook(tmp_path)))
    assert found["project", ("x",)]["related"] == ("360G-a", "360G-b")
    assert [fields["name"] for (kind, _), fields in found.items() if kind == "place"] == ["Leeds", "York"]
    organisations = [fields for (kind, _), fields in found.items() if kind == "organisation"]
    assert organisations == [{"name": "House", "locality": "Leeds"}, {"name": "Other House", "locality": "York"}]


def test_several_periods_are_taken_from_the_first_start_to_the_last_end() -> None:
    dates = [{"startDate": "2021-05", "endDate": "2021-06-30"}, {"startDate": "2020-09-01", "endDate": "never"}]
    items = read_bytes("dates.json", json.dumps({"grants": [{"id": "x", "plannedDates": dates}]}).encode())
    assert told(items) == {"threesixty-several-periods": 1}
    assert described(items)["project", ("x",)] == {
        "planned_start": "2020-09-01",
        "planned_end": "2021-06-30",
        "start": "2020-09-01",
        "end": "2021-06-30",
    }
