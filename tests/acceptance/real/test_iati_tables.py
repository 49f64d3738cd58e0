"""The flattened tables of IOM and UNHCR, loaded whole: exact numbers over records, statements and questions."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from loaders import resources
from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.mapping.lines import read_quads
from loaders.mapping.quads import data_graph
from loaders.sources import detect
from loaders.vocabulary import IG, SKOS, prefixes

IATI = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "iati"
IOM, UNHCR = IATI / "iom-2022", IATI / "unhcr-2022-tables"
DG_HOME = "European Commission - Migration and Home Affairs"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

pytestmark = pytest.mark.skipif(not IATI.is_dir(), reason="the real files of IATI are not here")


class Loaded:
    """What a folder states, as a table of the data graph, with everything that was said about it."""

    def __init__(self, folder: Path) -> None:
        dataset = Dataset("tables", {"en": folder.name}, "iati-tables", "iati", language="en")
        graph = f"<{data_graph(dataset.key)}> ."
        self.findings: list[Finding] = []
        self.text: list[str] = []
        self.keys: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        self.values: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for item in load_lines(folder, dataset, look=lambda record: self.keys[record.kind].append(record.key)):
            if isinstance(item, Finding):
                self.findings.append(item)
                continue
            lines = "".join(line for line in item.splitlines(keepends=True) if line.endswith(graph + "\n"))
            self.text.append(lines)
            for quad in read_quads(lines) if lines else ():
                self.values[str(quad.predicate)][str(quad.subject)].add(str(quad.object))

    def of(self, term: str, subject: str) -> set[str]:
        """The values of a property of a thing."""
        return self.values[str(IG[term])].get(subject, set())

    def a(self, name: str) -> set[str]:
        """All things of a class."""
        return {subject for subject, classes in self.values[TYPE].items() if str(IG[name]) in classes}

    def total(self, transactions: set[str]) -> Counter[str]:
        """The sum of transactions by currency, exactly."""
        sums: Counter[str] = Counter()
        for transaction in transactions:
            for amount in self.of("amount", transaction):
                (value,), (currency,) = self.of("value", amount), self.of("currency", amount)
                sums[currency] += Decimal(value)  # type: ignore[assignment]
        return sums

    def names(self, organisation: str) -> set[str]:
        """All names of an organisation."""
        paths = (str(SKOS.prefLabel), str(SKOS.altLabel))
        return {name for path in paths for name in self.values[path].get(organisation, ())}


@pytest.fixture(scope="module")
def iom() -> Loaded:
    return Loaded(IOM)


@pytest.fixture(scope="module")
def unhcr() -> Loaded:
    return Loaded(UNHCR)


@pytest.fixture(scope="module")
def store(iom: Loaded) -> Iterator[ox.Store]:
    store = ox.Store()
    store.bulk_load(BytesIO("".join(iom.text).encode()), format=ox.RdfFormat.N_QUADS)
    for path in sorted(resources.ONTOLOGY.glob("*.ttl")):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return store


def answers(store: ox.Store, name: str) -> list[dict[str, str]]:
    """The rows of a question of the library, asked without parameters."""
    text = (resources.QUERIES / "funding" / f"{name}.rq").read_text(encoding="utf-8")
    found = store.query(text, prefixes=prefixes(), use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in found]


def test_both_folders_are_recognised() -> None:
    assert [detect(folder).source.name for folder in (IOM, UNHCR)] == ["iati-tables", "iati-tables"]


def test_records_of_iom(iom: Loaded) -> None:
    keys = iom.keys
    numbers = {"project": 3_183, "participation": 6_366, "transaction": 3_183, "allocation": 3_183}
    numbers |= {"classification": 9_549 + 688, "amount": 3_183 + 8_183}
    assert {kind: len(keys[kind]) for kind in numbers} == numbers
    assert {kind: len(set(keys[kind])) for kind in numbers} == numbers


def test_projects_and_countries_of_iom(iom: Loaded) -> None:
    projects = iom.a("Project")
    assert len(projects) == 3_183
    assert sum(not iom.of("country", project) for project in projects) == 554
    assert len(set().union(*(iom.of("country", project) for project in projects))) == 173


def test_participations_of_iom_keep_donors_apart(iom: Loaded) -> None:
    roles = {part: next(iter(iom.of("role", part))).rsplit("/", 1)[1] for part in iom.a("Participation")}
    assert Counter(roles.values()) == {"funder": 3_183, "accountable": 3_183}
    donors = set().union(*(iom.of("organisation", part) for part, role in roles.items() if role == "funder"))
    assert len(set().union(*map(iom.names, donors))) == 382
    assert len(donors) == 383  # one of them without a name
    by_code: defaultdict[str, set[str]] = defaultdict(set)
    for donor in donors:
        for identifier in iom.of("identifier", donor):
            (scheme,), (code,) = iom.of("scheme", identifier), iom.values[str(SKOS.notation)][identifier]
            by_code[f"{scheme}-{code}"] |= iom.names(donor) or {""}
    # The 247th identifier is that of a donor who is called confidential, and is written as stars.
    assert len(by_code) == 246
    assert sum(len(names) > 1 for names in by_code.values()) == 44
    assert sum("" in names for names in by_code.values()) > 0


def test_money_of_iom(iom: Loaded) -> None:
    transactions = iom.a("Transaction")
    assert len(transactions) == 3_183
    assert iom.total(transactions) == {"USD": Decimal("12591378517.12")}
    dg_home = {each for each in transactions if any(DG_HOME in iom.names(giver) for giver in iom.of("provider", each))}
    assert len(set().union(*(iom.of("project", each) for each in dg_home))) == 19
    assert iom.total(dg_home) == {"USD": Decimal("713673088.12")}
    greece = {
        each
        for each in transactions
        for project in iom.of("project", each)
        if any(country.endswith("/GRC") for country in iom.of("country", project))
    }
    assert iom.total(greece) == {"USD": Decimal("732606686.88")}


def test_sectors_of_iom(iom: Loaded) -> None:
    sectors = [each for each in iom.a("Classification") if "sector" in iom.of("classificationType", each)]
    assert Counter(next(iter(iom.of("vocabulary", each))) for each in sectors) == {"1": 3_183, "98": 3_183, "99": 3_183}


def test_what_is_said_about_iom(iom: Loaded) -> None:
    assert Counter(found.rule for found in iom.findings if found.rule != "country-code-in-doubt") == {
        "iati-contacts-dropped": 3_183,
        "iati-columns-left-out": 6,
        "iati-file-not-read": 2,
        "iati-organisation-type-differs": 1,
        "iati-left-out": 1,
    }
    assert not [line for text in iom.text for line in text.splitlines() if "@iom.int" in line.partition("> <")[2]]


def test_questions_answer_what_dg_home_gave_and_what_went_to_greece(store: ox.Store) -> None:
    given = [row for row in answers(store, "transactions-by-provider") if row.get("providerLabel") == DG_HOME]
    assert [(row["currency"], row["total"], row["projects"]) for row in given] == [("USD", "713673088.12", "19")]
    rows = answers(store, "transactions-by-country")
    greece = [row for row in rows if row.get("inCountryLabel") == "Greece"]
    assert [(row["counting"], row["currency"], row["total"]) for row in greece] == [("counted", "USD", "732606686.88")]
    assert Counter(row["counting"] for row in rows) == {"counted": 173, "left out: region only": 1}
    assert sum(Decimal(row["total"]) for row in rows) == Decimal("12591378517.12")


def test_unhcr(unhcr: Loaded) -> None:
    assert len(unhcr.a("Project")) == 131
    parts = unhcr.a("Participation")
    roles = Counter(next(iter(unhcr.of("role", part))).rsplit("/", 1)[1] for part in parts)
    assert (len(parts), sorted(roles.values())) == (3_915, [131, 1_330, 2_454])
    by_type: defaultdict[str, set[str]] = defaultdict(set)
    for each in unhcr.a("Transaction"):
        by_type[next(iter(unhcr.of("transactionType", each))).rsplit("/", 1)[1]].add(each)
    assert {kind: len(found) for kind, found in by_type.items()} == {
        "incoming-commitment": 8_227,
        "disbursement": 279,
        "expenditure": 123,
    }
    assert unhcr.total(by_type["disbursement"]) == {"USD": Decimal("1479379439.62")}
    assert unhcr.total(by_type["expenditure"]) == {"USD": Decimal("4127704024.05")}
    committed = unhcr.total(by_type["incoming-commitment"])
    assert len(committed) == 17
    assert {currency: committed[currency] for currency in ("USD", "EUR", "JPY", "CZK")} == {
        "USD": Decimal("3912791421.20"),
        "EUR": Decimal("1125944213.88"),
        "JPY": Decimal("6838894000.00"),
        "CZK": Decimal(75_000_000),
    }


def test_what_is_said_about_unhcr(unhcr: Loaded) -> None:
    assert Counter(found.rule for found in unhcr.findings) == {
        "iati-contacts-dropped": 131,
        "iati-columns-left-out": 4,
        "iati-table-without-identifier": 1,
        "iati-left-out": 1,
        "mixed-script": 1,
    }
    (sheet,) = (str(found.location) for found in unhcr.findings if found.rule == "iati-table-without-identifier")
    assert sheet == "iati_transaction.xlsx, Sheet2"


@pytest.mark.soak
def test_loading_again_changes_nothing(unhcr: Loaded) -> None:
    assert sorted("".join(Loaded(UNHCR).text).splitlines()) == sorted("".join(unhcr.text).splitlines())
