"""Real IATI files: what is loaded or reported adds up to what a plain count of their elements gives."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.mentions import identifier_of
from loaders.records import Record
from loaders.sources.iati import SOURCE

IATI = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "iati"
FOLDER = IATI / "dportal-2021-06-15"
FILES = sorted(FOLDER.glob("*.xml"))
DATASET = Dataset("dportal", {"en": "Activities"}, "iati", "iati")

pytestmark = pytest.mark.skipif(not FILES, reason=f"the real files are not at {IATI}")


@pytest.fixture(scope="module", params=FILES or [None], ids=lambda path: path.stem if path else "none")
def loaded(request: pytest.FixtureRequest) -> tuple[etree._Element, list[Record], Counter[str]]:
    """The tree of a file, the records that it gives, and how often each rule found something."""
    items = list(SOURCE.read(request.param, DATASET))
    rules = Counter(item.rule for item in items if isinstance(item, Finding))
    return etree.parse(request.param).getroot(), [item for item in items if isinstance(item, Record)], rules


def of(records: list[Record], kind: str) -> list[Record]:
    return [record for record in records if record.kind == kind]


def texts(records: list[Record], field: str) -> Counter[str]:
    return Counter(cell.source or cell.text for record in records for cell in record.fields.get(field, ()))


def test_every_activity_is_a_project(loaded: tuple[etree._Element, list[Record], Counter[str]]) -> None:
    root, records, _ = loaded
    stated = [str(text).strip() for text in root.xpath("iati-activity/iati-identifier/text()")]
    assert len(stated) == 100
    assert {record.key for record in of(records, "project")} == {(text,) for text in stated}


def test_every_participation_is_loaded_or_reported(
    loaded: tuple[etree._Element, list[Record], Counter[str]],
) -> None:
    root, records, rules = loaded
    found = of(records, "participation")
    assert len(found) + rules["iati-participant-unnamed"] == len(root.findall("iati-activity/participating-org"))
    assert len({record.key for record in found}) == len(found)
    unnamed = [
        each
        for each in root.iterfind("iati-activity/participating-org")
        if not identifier_of(each.get("ref", "")) and not "".join(each.itertext()).strip()
    ]
    assert rules["iati-participant-unnamed"] == len(unnamed)
    roles = Counter(each.get("role") for each in root.iterfind("iati-activity/participating-org"))
    assert texts(found, "source_role") + Counter(each.get("role") for each in unnamed) == roles


def test_every_transaction_keeps_its_money(loaded: tuple[etree._Element, list[Record], Counter[str]]) -> None:
    root, records, _ = loaded
    transactions = of(records, "transaction")
    assert len(transactions) == len(root.findall("iati-activity/transaction"))
    assert len({record.key for record in transactions}) == len(transactions)
    stated: dict[str, Decimal] = {}
    for value in root.iterfind("iati-activity/transaction/value"):
        if value.text and value.text.strip():
            currency = str(value.get("currency") or value.getparent().getparent().get("default-currency"))
            stated[currency] = stated.get(currency, Decimal(0)) + Decimal(value.text.strip())
    assert sums(records, "transaction") == stated


def test_every_budget_keeps_its_money(loaded: tuple[etree._Element, list[Record], Counter[str]]) -> None:
    root, records, _ = loaded
    budgets = [record for record in of(records, "amount") if "project" in record.fields]
    assert len(budgets) == len(root.findall("iati-activity/budget"))
    assert len({record.key for record in budgets}) == len(budgets)
    stated: dict[str, Decimal] = {}
    for value in root.iterfind("iati-activity/budget/value"):
        currency = str(value.get("currency"))
        stated[currency] = stated.get(currency, Decimal(0)) + Decimal(str(value.text).strip())
    assert sums(records, "project") == stated


def sums(records: list[Record], parent: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for record in of(records, "amount"):
        if parent in record.fields:
            currency = record.fields["currency"][0].text
            found[currency] = found.get(currency, Decimal(0)) + Decimal(record.fields["value"][0].text.strip())
    return found


def test_every_share_and_class_is_loaded_or_counted(
    loaded: tuple[etree._Element, list[Record], Counter[str]],
) -> None:
    root, records, _ = loaded
    places = "recipient-country", "recipient-region"
    own = [activity for activity in root if any(activity.find(name) is not None for name in places)]
    stated = sum(len(activity.findall(name)) for activity in own for name in places)
    allocations = of(records, "allocation")
    given = {activity.findtext("iati-identifier", "").strip() for activity in own}
    assert sum(record.key[0] in given for record in allocations) == stated
    classes = of(records, "classification")
    for kind in ("tag", "policy-marker"):
        coded = [each for each in root.iterfind(f"iati-activity/{kind}") if each.get("code", "").strip()]
        assert sum(record.fields["classification_type"][0].text == kind for record in classes) == len(coded)


def test_no_contact_is_read(loaded: tuple[etree._Element, list[Record], Counter[str]]) -> None:
    root, records, rules = loaded
    written = {cell.text.strip() for record in records for cells in record.fields.values() for cell in cells}
    assert written.isdisjoint(private(root))
    assert rules["iati-contacts-dropped"] == sum(activity.find("contact-info") is not None for activity in root)


def private(root: etree._Element) -> Iterator[str]:
    # Not names of persons: organisations stand there, too, which take part elsewhere.
    for name in ("email", "telephone"):
        for each in root.iterfind(f"iati-activity/contact-info/{name}"):
            if each.text and each.text.strip():
                yield each.text.strip()


def test_everything_together_is_what_the_files_hold() -> None:
    kinds: Counter[str] = Counter()
    projects = set()
    for path in FILES:
        records = [item for item in SOURCE.read(path, DATASET) if isinstance(item, Record)]
        kinds.update(record.kind for record in records)
        projects |= {record.key for record in of(records, "project")}
    assert len(projects) == 1400
    assert kinds["participation"] == 4613
    assert kinds["transaction"] == 4330
    # One amount a transaction and a budget, but for 21 transactions whose value stands elsewhere.
    assert kinds["amount"] == 4330 + 3321 - 21


def test_an_organisation_file_gives_its_organisation() -> None:
    items = list(SOURCE.read(IATI / "iom-2022" / "org-IOM.xml", DATASET))
    records = [item for item in items if isinstance(item, Record)]
    (organisation,) = of(records, "organisation")
    assert organisation.key == ("XM-DAC-47066~International Organization for Migration (IOM)",)
    assert organisation.fields["type"][0].text == "intergovernmental-organisation"
    (identifier,) = of(records, "identifier")
    assert (identifier.fields["scheme"][0].text, identifier.fields["code"][0].text) == ("XM-DAC", "47066")
    left_out = {item.value for item in items if isinstance(item, Finding) and item.rule == "iati-left-out"}
    assert {"total-budget"} <= left_out
