"""The nine questions on the five documents; what is expected, and why, is in ``documents.yaml``."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from graph_app.network.asking import Ask, asking
from graph_app.network.filters import Filters
from graph_app.network.network import Network
from graph_app.network.projections import PROJECTIONS, project
from graph_app.network.questions.asked import fitting, led, periods, years_of
from graph_app.network.questions.bridges import between
from graph_app.network.questions.chains import chain
from graph_app.network.questions.change import change
from graph_app.network.questions.home import home_only
from graph_app.network.questions.leads import leads
from graph_app.network.questions.partners import partners
from graph_app.network.questions.recurrence import recurrences
from graph_app.network.questions.removal import removal
from graph_app.network.questions.suggestions import suggestions
from graph_app.network.questions.years import Years
from graph_app.network.time import in_year, working
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders.vocabulary import BASE, prefixes

EXPECTED = YAML(typ="safe").load(Path(__file__).with_name("documents.yaml"))


@pytest.fixture(scope="module")
def ask(curated_settings: Settings) -> Iterator[Ask]:
    with Engine(current_release(curated_settings), curated_settings) as engine:
        yield asking(engine)


@pytest.fixture(scope="module")
def network(ask: Ask) -> Network:
    return project(PROJECTIONS["organisations"], Filters(), ask)


@pytest.fixture(scope="module")
def years(ask: Ask) -> Years:
    return years_of(periods(ask))


def cases(question: str) -> Any:
    return pytest.mark.parametrize(
        "case", EXPECTED[question], ids=lambda case: " ".join(map(str, case["ask"].values()))
    )


def organisation(name: str) -> str:
    return f"{BASE}organisation/curated/{name}"


def short(value: Any) -> Any:
    """Write IRIs without what they share, in whatever they stand."""
    if isinstance(value, Mapping):
        return {short(key): short(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [short(one) for one in value]
    return value.rsplit("/", 1)[-1] if isinstance(value, str) else value


def concepts(case: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    asked = case["ask"]
    return (
        [prefixes()["theme"] + name for name in asked.get("themes", ())],
        [prefixes()["country"] + name for name in asked.get("countries", ())],
    )


@cases("partners")
def test_my_partners(network: Network, years: Years, case: Mapping[str, Any]) -> None:
    found = partners(network, years, organisation(case["ask"]["organisation"]))
    assert [short((one.iri, one.contexts, one.first, one.last)) for one in found] == case["rows"]


@cases("suggestions")
def test_partners_of_my_partners(network: Network, ask: Ask, case: Mapping[str, Any]) -> None:
    themes, countries = concepts(case)
    fits = fitting(ask, themes, countries) if themes or countries else None
    found = suggestions(network, organisation(case["ask"]["organisation"]), fits)
    assert [short((one.iri, one.through, one.fitting)) for one in found] == case["rows"]


@cases("between")
def test_who_bridges_two_groups(network: Network, case: Mapping[str, Any]) -> None:
    asked = case["ask"]
    found = between(network, network.attributes[asked["by"]], asked["first"], asked["second"])
    assert (found.first, found.second, found.ties) == (case["first"], case["second"], case["ties"])
    bridges = [short((one.iri, len(one.first), len(one.second), one.pairs)) for one in found.bridges]
    assert bridges == case["bridges"]


@cases("chain")
def test_the_shortest_chain(network: Network, case: Mapping[str, Any]) -> None:
    found = chain(network, *map(organisation, case["ask"].values()))
    assert (found.alike if found else 0) == case["alike"]
    assert [short((one.first, one.second, one.contexts)) for one in (found.steps if found else ())] == case["steps"]


@cases("removal")
def test_what_breaks(network: Network, case: Mapping[str, Any]) -> None:
    found = removal(network, organisation(case["ask"]["organisation"]))
    assert short(found.partners) == case["partners"]
    assert short(found.isolated) == case["isolated"]
    assert [len(part) for part in found.parts] == case["sizes"]
    assert [found.before, found.after] == case["components"]
    assert found.parted == case["parted"]


@cases("leads")
def test_who_could_lead(ask: Ask, case: Mapping[str, Any]) -> None:
    themes, countries = concepts(case)
    found = leads(led(ask, themes, countries), countries)
    rows = [short((one.iri, one.coordinated, one.carried_out, one.countries, one.last)) for one in found]
    assert rows == case["rows"]


@cases("home_only")
def test_who_works_only_at_home(network: Network, case: Mapping[str, Any]) -> None:
    found = home_only(network, network.attributes["country"])
    assert [short((one.iri, one.partners, one.unknown)) for one in found] == case["rows"]


@cases("recurrences")
def test_recurring_and_ended_partnerships(network: Network, years: Years, case: Mapping[str, Any]) -> None:
    found = recurrences(network, years, **case["ask"])
    rows = [short((one.first, one.second, len(one.contexts), one.start, one.end, one.open)) for one in found]
    assert rows == case["rows"]


@cases("change")
def test_one_year_against_another(network: Network, years: Years, case: Mapping[str, Any]) -> None:
    before, after = (in_year(network, years, case["ask"][name]) for name in ("before", "after"))
    found = change(before.subset(working(before)), after.subset(working(after)))
    assert short(found.entered) == case["entered"]
    assert short(found.left) == case["left"]
    assert (len(found.begun), len(found.ended), found.kept) == (case["begun"], case["ended"], case["kept"])
    assert [found.before["nodes"], found.after["nodes"]] == case["organisations"]
    assert [found.before["ties"], found.after["ties"]] == case["ties"]


@pytest.mark.parametrize("year", [2003, 2014, 2024])
def test_a_year_of_the_whole_network_is_what_the_graph_gives_for_it(
    network: Network, years: Years, ask: Ask, year: int
) -> None:
    asked = project(PROJECTIONS["organisations"], Filters(as_of=str(year)), ask)
    found = in_year(network, years, year)
    found = found.subset(working(found))
    assert found.nodes == asked.nodes
    for one, other in ((found.source, asked.source), (found.target, asked.target)):
        assert one.tolist() == other.tolist()
    assert found.weights["count"].tolist() == asked.weights["count"].tolist()
