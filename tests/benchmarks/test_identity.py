"""How right candidates are beside other matchers, on the same pairs of the same names.

The names are not part of the project: ``INTGRAPH_BENCH_GOLD`` tells the tables, as ``read_gold`` reads them.
"""

import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest

from graph_app.identity.candidates import candidates_of
from graph_app.identity.described import Code
from graph_app.identity.gold import Gold, Pair, read_gold
from graph_app.identity.index import Index
from graph_app.identity.likeness import Relation
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

GOLD = [Path(name) for name in os.environ.get("INTGRAPH_BENCH_GOLD", "").split(os.pathsep) if name]
ABOUT = """
Tables of names by identifier, split in two halves by identifier; the test half. Names alone, without identifiers; every
pair of names counts once. For each matcher, how many of all pairs of one identifier it finds where at least 98, 95 and
90 of 100 accepted pairs are right, read off its own curve. Among the pairs are renamings, unknown translations and
names that a publisher gave to an identifier of somebody else, which no matcher of names finds; most stand under the few
identifiers that have more than ten names, such as one that numbers payments or all offices of a state, so that the
second rows leave the pairs within those out. Others run as they come.
"""
#: More names than an organisation has.
CROWD = 10
LEVELS = (0.98, 0.95, 0.9)
COLUMNS = ("table", "matcher", "pairs of one", *(f"recall at precision {level}" for level in LEVELS))

Scores = Mapping[Pair, float]


def ours(gold: Gold) -> Scores:
    found = candidates_of(Index(gold.entities), least=0.5)
    return {(one.left, one.right): one.score for one in found if one.relation is Relation.SAME}


def nomenklatura(name: str) -> Callable[[Gold], Scores]:
    matching = pytest.importorskip("nomenklatura.matching")
    followthemoney = pytest.importorskip("followthemoney")
    algorithm = matching.get_algorithm(name)

    def scored(gold: Gold) -> Scores:
        config = algorithm.default_config()
        proxies = {}
        for place, entity in enumerate(gold.entities):
            data = {"id": str(place), "schema": "Organization", "properties": {"name": list(entity.described.texts)}}
            proxies[entity.iri] = followthemoney.model.get_proxy(data)
        return {
            pair: algorithm.compare(proxies[pair[0]], proxies[pair[1]], config).score
            for pair in combinations(sorted(proxies), 2)
        }

    return scored


def splink(gold: Gold) -> Scores:
    package = pytest.importorskip("splink")
    comparisons = pytest.importorskip("splink.comparison_library")
    pandas = pytest.importorskip("pandas")
    logging.getLogger("splink").setLevel(logging.ERROR)
    frame = pandas.DataFrame(
        [{"unique_id": one.iri, "name": one.described.texts[0].casefold()} for one in gold.entities]
    )
    settings = package.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[comparisons.NameComparison("name")],
        blocking_rules_to_generate_predictions=["1=1"],
    )
    linker = package.Linker(package.DuckDBAPI().register(frame), settings)
    linker.training.estimate_probability_two_random_records_match(["l.name = r.name"], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation("1=1")
    found = linker.inference.predict(threshold_match_probability=0.0).as_pandas_dataframe()
    names = zip(found["unique_id_l"], found["unique_id_r"], found["match_probability"], strict=True)
    return {(min(one, other), max(one, other)): float(score) for one, other, score in names}


def in_crowds(gold: Gold) -> frozenset[Pair]:
    """Return the pairs of identifiers that have very many names."""
    named: dict[Code, list[str]] = defaultdict(list)
    for entity in gold.entities:
        for code in entity.described.codes:
            named[code].append(entity.iri)
    crowds = (names for names in named.values() if len(names) > CROWD)
    return frozenset(pair for names in crowds for pair in combinations(sorted(names), 2))


def curve(same: frozenset[Pair], scores: Scores) -> Iterator[tuple[float, int, int]]:
    """Yield each threshold that makes a difference with the right and the wrong pairs from it on."""
    right = wrong = 0
    counted = sorted(((score, pair) for pair, score in scores.items()), reverse=True)
    for place, (score, pair) in enumerate(counted):
        right, wrong = right + (pair in same), wrong + (pair not in same)
        if place + 1 == len(counted) or counted[place + 1][0] != score:
            yield score, right, wrong


def recall(same: frozenset[Pair], scores: Scores, precision: float) -> float:
    """Return the most that is found with a precision."""
    points = [(right, wrong) for score, right, wrong in curve(same, scores) if score > 0]
    found = (right for right, wrong in points if right / (right + wrong) >= precision)
    return max(found, default=0) / max(len(same), 1)


@pytest.mark.skipif(not GOLD, reason="INTGRAPH_BENCH_GOLD names no tables")
@pytest.mark.filterwarnings("ignore")
def test_candidates_beside_other_matchers(make_table: Callable[..., Table]) -> None:
    table = make_table("identity", "Names that mean one organisation, beside other matchers", ABOUT, COLUMNS)
    matchers = {
        "Integration Graph": ours,
        "nomenklatura logic-v2": nomenklatura("logic-v2"),
        "nomenklatura name-based": nomenklatura("name-based"),
        "splink NameComparison": splink,
    }
    for path in GOLD:
        test = read_gold(path, "test")
        for what, left_out in ((path.stem, frozenset[Pair]()), (f"{path.stem}, without crowds", in_crowds(test))):
            same = test.same - left_out
            for name, scored in matchers.items():
                scores = {
                    pair: score for pair, score in scored(test.without_identifiers()).items() if pair not in left_out
                }
                table.add(what, name, str(len(same)), *(f"{recall(same, scores, level):.3f}" for level in LEVELS))
