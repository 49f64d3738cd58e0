"""Networks of the curated graph and of a made one, with what stands behind them and was left out."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import numpy as np
import pytest

from graph_app.network.asking import Ask, asking
from graph_app.network.evidence import Sum, evidence
from graph_app.network.filters import Filters
from graph_app.network.network import Network
from graph_app.network.projections import PROJECTIONS, project
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders import resources
from loaders.vocabulary import BASE, COUNTRY, ROLE

CURATED = f"{BASE}organisation/curated/"
#: Two projects: one of three partners in two countries, paid in two currencies; one whose grant names its recipient.
MADE = """
p1 a Project | p1 country CZE | p1 country AUT | p1 targetGroup refugees | p1 targetGroup migrants
p1 periodStart 2020-01-01 | p1 periodEnd 2021-12-31
p2 a Project | p2 country CZE
a a Organisation | b a Organisation | c a Organisation | d a Organisation
a seat CZE | b seat CZE | c seat AUT
x1 project p1 | x1 organisation a | x1 role coordinator
x2 project p1 | x2 organisation b | x2 role partner
x3 project p1 | x3 organisation c | x3 role partner
x4 project p2 | x4 organisation a | x4 role partner
x5 project p2 | x5 organisation b | x5 role partner
x6 project p2 | x6 organisation d | x6 role funder
g1 a Grant | g1 project p1 | g1 donor d | g1 amount m1 | g1 amount m2
m1 value 100.5 | m1 currency EUR | m1 amountKind awarded
m2 value 7 | m2 currency CZK | m2 amountKind awarded
g2 a Grant | g2 project p2 | g2 donor d | g2 recipient a | g2 amount m3 | g2 amount m4 | g2 amount m5
m3 value 20 | m3 currency EUR | m3 amountKind awarded
m4 value 500 | m4 currency EUR | m4 amountKind budget
m5 value 10 | m5 currency EUR | m5 amountKind awarded | m5 flowLevel regrant
"""
_IG = "https://w3id.org/integration-graph/ontology#"
_SPACES = {
    "country": str(COUNTRY),
    "seat": str(COUNTRY),
    "role": str(ROLE),
    "targetGroup": "https://w3id.org/integration-graph/target-group/",
    "amountKind": "https://w3id.org/integration-graph/amount-kind/",
    "flowLevel": "https://w3id.org/integration-graph/flow-level/",
    "a": _IG,
}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPES = {
    "value": f"^^<{_XSD}decimal>",
    "currency": "",
    "periodStart": f"^^<{_XSD}date>",
    "periodEnd": f"^^<{_XSD}date>",
}


def quads(told: str) -> str:
    """Write short statements as N-Quads, sorted."""
    lines = []
    for statement in filter(None, (part.strip() for part in re.split(r"[|\n]", told))):
        subject, predicate, value = statement.split()
        verb = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" if predicate == "a" else _IG + predicate
        term = f'"{value}"{_TYPES[predicate]}' if predicate in _TYPES else f"<{_SPACES.get(predicate, BASE)}{value}>"
        lines.append(f"<{BASE}{subject}> <{verb}> {term} <{BASE}graph/made> .\n")
    return "".join(sorted(lines))


@pytest.fixture(scope="module")
def curated(curated_settings: Settings) -> Iterator[Ask]:
    with Engine(current_release(curated_settings), curated_settings) as engine:
        yield asking(engine)


@pytest.fixture(scope="module")
def both(curated_settings: Settings) -> Iterator[tuple[Ask, Ask]]:
    with ExitStack() as opened:
        settings = [replace(curated_settings, engine=engine) for engine in ("columns", "oxigraph")]
        first, second = (opened.enter_context(Engine(current_release(one), one)) for one in settings)
        yield asking(first), asking(second)


@pytest.fixture(scope="module")
def made(release_of: Callable[[str], Settings]) -> Iterator[Ask]:
    settings = release_of(quads(MADE))
    with Engine(current_release(settings), settings) as engine:
        yield asking(engine)


def ties(network: Network, weight: str = "count") -> dict[tuple[str, str], float]:
    """Return the ties by the last parts of their IRIs."""
    short = [iri.rsplit("/", 1)[-1] for iri in network.nodes]
    ends = zip(network.source.tolist(), network.target.tolist(), network.weights[weight].tolist(), strict=True)
    return {(short[source], short[target]): value for source, target, value in ends}


def test_organisations_are_tied_by_projects(made: Ask) -> None:
    network = project(PROJECTIONS["organisations"], Filters(), made)
    assert ties(network) == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}
    assert ties(network, "newman") == {("a", "b"): 1.5, ("a", "c"): 0.5, ("b", "c"): 0.5}
    assert ties(network, "money") == {("a", "b"): 120.5, ("a", "c"): 100.5, ("b", "c"): 100.5}
    assert (network.coverage.projects, network.coverage.currency) == (2, "EUR")
    assert network.attributes["country"] == ["CZE", "CZE", "AUT"]
    assert [iri.rsplit("/", 1)[-1] for iri in network.shared(0, 1)] == ["p1", "p2"]


def test_funders_are_included_on_purpose(made: Ask) -> None:
    network = project(PROJECTIONS["organisations"], Filters(exclude_roles=()), made)
    assert ties(network)["a", "d"] == 1
    only = project(PROJECTIONS["organisations"], Filters(role=(str(ROLE.partner),)), made)
    assert ties(only) == {("a", "b"): 1, ("b", "c"): 1}


def test_money_is_of_one_currency_and_says_what_it_leaves_out(made: Ask) -> None:
    network = project(PROJECTIONS["organisations"], Filters(currency="CZK"), made)
    assert ties(network, "money")["a", "c"] == 7
    assert network.coverage.left_out == {"currency": 1}
    assert "sums in other currencies only: 1" in network.coverage.text()
    lonely = project(PROJECTIONS["organisations"], Filters(project=(f"{BASE}p2",), currency="CZK"), made)
    assert "money" not in lonely.weights


def test_ties_weaker_than_the_minimum_are_left_out_and_their_ends_stay(made: Ask) -> None:
    network = project(PROJECTIONS["organisations"], Filters(minimum=2), made)
    assert (ties(network), len(network)) == ({("a", "b"): 2}, 3)
    by_money = project(PROJECTIONS["organisations"], Filters(minimum=110, weight="money"), made)
    assert ties(by_money, "money") == {("a", "b"): 120.5}


def test_donors_pay_whom_their_grants_name_or_else_whoever_takes_part(made: Ask) -> None:
    network = project(PROJECTIONS["funding"], Filters(), made)
    assert network.directed
    # As funder of the second project d pays for b's part too; its grant there names a.
    assert ties(network) == {("d", "a"): 2, ("d", "b"): 2, ("d", "c"): 1}
    money = ties(network, "money")
    assert money["d", "a"] == 20
    assert np.isnan(money["d", "b"])
    donor, recipient = network.number[f"{BASE}d"], network.number[f"{BASE}a"]
    told = evidence(network, donor, recipient, made)
    assert [one.context.rsplit("/", 1)[-1] for one in told] == ["p1", "p2"]
    assert told[1].money == (Sum("20", "EUR"),)
    assert (told[1].first_roles, told[1].second_roles) == (("funder",), ("partner",))


def test_organisations_and_projects_stand_in_one_network(made: Ask) -> None:
    network = project(PROJECTIONS["organisation-project"], Filters(), made)
    assert len(network) == 5
    assert set(ties(network)) == {("a", "p1"), ("b", "p1"), ("c", "p1"), ("a", "p2"), ("b", "p2")}
    assert network.shared(network.number[f"{BASE}c"], network.number[f"{BASE}p1"]) == (f"{BASE}p1",)


def test_countries_are_tied_by_activity_or_by_seats(made: Ask) -> None:
    activity = project(PROJECTIONS["countries"], Filters(), made)
    assert ties(activity) == {("AUT", "CZE"): 1}
    assert activity.coverage.left_out["alone"] == 1
    assert ties(project(PROJECTIONS["countries"], Filters(place="seat"), made)) == {("AUT", "CZE"): 1}
    assert ties(project(PROJECTIONS["target-groups"], Filters(), made)) == {("migrants", "refugees"): 1}


def test_what_a_filter_cannot_tell_is_counted(made: Ask) -> None:
    network = project(PROJECTIONS["organisations"], Filters(as_of="2020"), made)
    assert (network.coverage.projects, network.coverage.left_out) == (1, {"period": 1})
    early = project(PROJECTIONS["organisations"], Filters(end="2019"), made)
    assert (len(early), early.coverage.projects, early.coverage.left_out) == (0, 0, {"period": 1})
    seats = project(PROJECTIONS["organisations"], Filters(country=(str(COUNTRY.CZE),), place="seat"), made)
    assert set(ties(seats)) == {("a", "b")}


@pytest.mark.parametrize("name", PROJECTIONS)
def test_both_engines_make_the_same_network(both: tuple[Ask, Ask], name: str) -> None:
    for filters in (
        Filters(country=(str(COUNTRY.CZE), str(COUNTRY.ITA)), start="2005", end="2016", exclude_roles=()),
        Filters(place="seat", country=(str(COUNTRY.CZE),), dataset=(f"{BASE}dataset/consortium-work",)),
        Filters(target_group=("https://w3id.org/integration-graph/target-group/people-with-migration-experience",)),
    ):
        one, other = (project(PROJECTIONS[name], filters, ask) for ask in both)
        assert one.nodes == other.nodes
        assert ties(one) == ties(other)
        assert (one.attributes, one.coverage) == (other.attributes, other.coverage)


def test_the_curated_network_is_the_one_that_the_documents_tell(curated: Ask) -> None:
    network = project(PROJECTIONS["organisations"], Filters(), curated, "cs")
    number = {iri.removeprefix(CURATED): place for iri, place in network.number.items()}
    consortium, member = number["consortium"], number["association-for-integration-and-migration"]
    assert network.weights["count"][network.tie(consortium, member)] == 2
    told = evidence(network, member, consortium, curated, "cs")
    assert [one.start for one in told] == ["2024-03-01", "2024-03-01"]
    assert all(one.first_roles == one.second_roles == ("Realizující organizace",) for one in told)
    assert all(len(one.sources) == 1 for one in told)
    assert network.coverage.text("cs").startswith("Projekty a partnerství: 33; datové sady: 5")


def test_the_query_that_is_shown_is_the_one_that_was_asked(curated: Ask) -> None:
    filters = Filters(country=(str(COUNTRY.CZE),), as_of="2014")
    for projection in PROJECTIONS.values():
        network = project(projection, filters, curated)
        assert network.queries == (projection.query(filters),)
        assert "authority/country/CZE" in network.queries[0]


def test_every_network_is_narrowed_by_the_same_lines() -> None:
    texts = [
        (resources.QUERIES / "views" / f"{projection.view(Filters(place=place))}.rq").read_text(encoding="utf-8")
        for projection in PROJECTIONS.values()
        for place in ("activity", "seat")
    ]
    blocks = {re.search(r"  # Which projects and.*?(?=  # Whose part)", text, re.DOTALL)[0] for text in texts}  # type: ignore[index]
    assert len(blocks) == 1
