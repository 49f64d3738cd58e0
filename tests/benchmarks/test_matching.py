"""How long names take: to read those of a release, and to look one up."""

import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rdflib.namespace import RDF

from graph_app.cli import look_for_garbage_seldom
from graph_app.identity.candidates import candidates_of
from graph_app.identity.described import Described
from graph_app.identity.graph import KnownNames
from graph_app.identity.index import Entity, Index
from graph_app.identity.names import read_name
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders.mapping.lines import literal
from loaders.vocabulary import COUNTRY, IG, SKOS
from tests.benchmarks.generator.words import COUNTRIES, MOTTOS, ORGANISATION_KINDS, TOWNS
from tests.benchmarks.measure import run_way, share
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

ORGANISATIONS = 70_000
LOOKED_UP = 300
COMPARED = 70_000
ABOUT = f"""
{ORGANISATIONS:,} generated organisations, each with a name in two languages and a seat. Names are read once a process
and release, from its columns; then names with a slip, an acronym or no accents are looked up one by one. Then
{COMPARED:,} organisations, half of which are other spellings of the other half, are paired with each other.
"""


def names(number: int) -> Iterator[tuple[str, str]]:
    """Yield names in English and Czech, no two the same."""
    chance = random.Random(1)  # noqa: S311 - no secret
    kinds = [kind for kind in ORGANISATION_KINDS for _ in range(kind[1])]
    seen = set()
    while len(seen) < number:
        town = "".join(map(chance.choice, TOWNS)) + chance.choice(("", "", f" {len(seen) % 30 + 1}"))
        _, _, english, czech = chance.choice(kinds)
        motto = chance.choice(MOTTOS)
        pair = (f"{motto[0]} {english.format(town)}", f"{motto[1]} {czech.format(town)}")
        if pair[0] not in seen:
            seen.add(pair[0])
            yield pair


def write(path: Path) -> list[tuple[str, str]]:
    chance = random.Random(2)  # noqa: S311 - no secret
    seats = [code for code, number in COUNTRIES for _ in range(number)]
    written = list(names(ORGANISATIONS))
    with path.open("w", encoding="utf-8") as target:
        for number, (english, czech) in enumerate(written):
            iri, graph = f"<https://example.org/organisation/{number:06}>", "<https://example.org/graph>"
            target.write(f"{iri} <{RDF.type}> <{IG.Organisation}> {graph} .\n")
            target.write(f"{iri} <{SKOS.prefLabel}> {literal(english, 'en')} {graph} .\n")
            target.write(f"{iri} <{SKOS.prefLabel}> {literal(czech, 'cs')} {graph} .\n")
            target.write(f"{iri} <{IG.seat}> <{COUNTRY[chance.choice(seats)]}> {graph} .\n")
    return written


def spoilt(name: str, way: int) -> str:
    """Return a name as somebody else may write it."""
    middle = len(name) // 2
    return (name.upper(), name[:middle] + name[middle + 1 :], f"{name}, z. s.")[way % 3]


def test_pairing(make_table: Callable[..., Table]) -> None:
    columns = ("what", "seconds", "of the processor", "pairs", "MB at most", "of twins found")
    table = make_table("pairing", "Which of many organisations may be one", ABOUT, columns)
    written = list(names(COMPARED // 2))
    told = [(f"{place:06}", pair) for place, pair in enumerate(written)]
    told += [(f"{place:06}~", (spoilt(pair[0], place),)) for place, pair in enumerate(written)]
    read_name("the lists of words are read first")
    start, before = time.perf_counter(), time.process_time()
    index = Index(Entity(iri, Described("organisation", texts)) for iri, texts in told)
    found = candidates_of(index)
    seconds, busy = time.perf_counter() - start, time.process_time() - before
    twins = sum(one.left + "~" == one.right for one in found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    table.add(
        f"pairing {COMPARED:,} organisations",
        *(f"{seconds:.1f}", f"{busy:.1f}", f"{len(found):,}", f"{memory:,}", f"{twins / len(written):.0%}"),
    )


def test_matching(make_table: Callable[..., Table], tmp_path: Path) -> None:
    table = make_table(
        "matching", "Who an organisation may be", ABOUT, ("what", "seconds", "of the processor", "found first")
    )
    written = write(tmp_path / "organisations.nq")
    run_way("publish", tmp_path / "home", tmp_path / "organisations.nq")
    settings = Settings(home=tmp_path / "home")
    with Engine(current_release(settings), settings) as engine:
        known = KnownNames()
        look_for_garbage_seldom()
        read_name("the lists of words are read first")
        start, before = time.perf_counter(), time.process_time()
        assert len(known.index(engine, "organisation")) == ORGANISATIONS
        seconds, busy = time.perf_counter() - start, time.process_time() - before
        table.add(f"reading the names of {ORGANISATIONS:,} organisations", f"{seconds:.2f}", f"{busy:.2f}")
        taken, first = [], 0
        for number in range(0, ORGANISATIONS, ORGANISATIONS // LOOKED_UP):
            wanted = Described("organisation", (spoilt(written[number][number % 2], number),))
            start, before = time.perf_counter(), time.process_time()
            found = known.suggest(engine, wanted)
            taken.append((time.perf_counter() - start, time.process_time() - before))
            first += bool(found) and found[0].iri.endswith(f"{number:06}")
    waited, busy_for = ([times[place] for times in taken] for place in (0, 1))
    for what, part in (("median", 0.5), ("95 of 100 within", 0.95)):
        numbers = (f"{share(waited, part):.4f}", f"{share(busy_for, part):.4f}")
        table.add(f"looking up one name, {what}", *numbers, f"{first / len(taken):.0%}")
