"""What one client feels of others that send hurtful queries without pause. Nothing here asserts a time."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError
from graph_app.releases.release import Release
from graph_app.settings import Settings
from tests.acceptance.bombs import bombs
from tests.benchmarks.measure import share
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

ORGANISATIONS = 5_000
SMALL = "SELECT * { ?organisation <urn:partner> ?partner . ?partner <urn:name> ?name } LIMIT 50"
#: What is sent without pause, a query a client; each takes much of something else.
SENT = ("cross product behind a filter", "cross product in order", "path that is nested", "text that doubles")
#: Phases follow each other quickly, so that what else the machine does hits all of them alike.
ROUNDS, SECONDS, PAUSE = 6, 3.0, 0.01
LIMIT = 3.0
ABOUT = f"""
One client sends a small query, waits {PAUSE * 1000:.0f} ms after its answer, and sends it again; meanwhile none, one or
four other clients send hurtful queries, each the next as soon as one has ended. Time limit {LIMIT:.0f} seconds, two
workers. Phases of {SECONDS:.0f} seconds take turns {ROUNDS} times. Milliseconds from question to answer.
"""


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("fairness")
    release = Release("fairness", path, "", datetime(2026, 11, 21, tzinfo=UTC), 0, {})
    store = ox.Store(str(release.store))
    partner, name, number = (ox.NamedNode(f"urn:{word}") for word in ("partner", "name", "number"))
    nodes = [ox.NamedNode(f"urn:organisation:{place}") for place in range(ORGANISATIONS)]
    for place, node in enumerate(nodes):
        store.add(ox.Quad(node, partner, nodes[place * 7 % ORGANISATIONS]))
        store.add(ox.Quad(node, name, ox.Literal(f"Organisation {place}")))
        store.add(ox.Quad(node, number, ox.Literal(place)))
    store.flush()
    del store
    with Engine(release, Settings(time_limit=LIMIT)) as engine:
        yield engine


def test_small_queries_beside_hurtful_ones(
    engine: Engine, make_table: Callable[[str, str, str, Sequence[str]], Table]
) -> None:
    table = make_table(
        "fairness",
        "Small queries beside hurtful ones",
        ABOUT,
        ("clients that send hurtful queries", "small queries", "median", "95 %", "99 %", "longest", "ratio of 95 %"),
    )
    for _ in range(20):
        engine.respond(SMALL, client="small")
    times: dict[int, list[float]] = {0: [], 1: [], 4: []}
    ends: Counter[str] = Counter()
    longest = 0.0
    for _ in range(ROUNDS):
        for clients, taken in times.items():
            done = threading.Event()
            threads = [threading.Thread(target=attack, args=(engine, place, done, ends)) for place in range(clients)]
            for thread in threads:
                thread.start()
            try:
                time.sleep(1.0)
                taken.extend(measure(engine))
            finally:
                done.set()
            started = time.perf_counter()
            for thread in threads:
                thread.join()
            longest = max(longest, time.perf_counter() - started)
    idle = share(times[0], 0.95)
    for clients, taken in times.items():
        shown = (f"{share(taken, part):.1f}" for part in (0.5, 0.95, 0.99, 1.0))
        table.add(str(clients), str(len(taken)), *shown, f"{share(taken, 0.95) / idle:.2f}")
    table.remark(f"The hurtful queries ended so: {dict(ends)}; the last of a phase at most {longest:.1f} s after it.")


def attack(engine: Engine, place: int, done: threading.Event, ends: Counter[str]) -> None:
    query = bombs()[SENT[place]]
    while not done.is_set():
        try:
            engine.respond(query, client=f"hurtful {place}")
        except QueryError as error:
            ends[error.code] += 1


def measure(engine: Engine) -> list[float]:
    taken = []
    ending = time.perf_counter() + SECONDS
    while time.perf_counter() < ending:
        started = time.perf_counter()
        engine.respond(SMALL, client="small")
        taken.append((time.perf_counter() - started) * 1000)
        time.sleep(PAUSE)
    return taken
