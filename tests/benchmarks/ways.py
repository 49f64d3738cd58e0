"""Ways to bring a file into a store, each run in a process of its own: ``python -m tests.benchmarks.ways NAME …``.

Each prints what it took as one line of JSON. Imports are done before the clock starts.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

    from graph_app.releases.release import Release
    from loaders.datasets import Dataset

_Told = dict[str, float | str]


def store(target: str, *contents: str) -> Callable[[], _Told]:
    """Make the store of a release from its content files, as a build does."""
    from graph_app.store.oxigraph import build_store

    def work() -> _Told:
        build_store(Path(target), *map(Path, contents))
        return {}

    return work


def columns(target: str, *contents: str) -> Callable[[], _Told]:
    """Make the columns of a release from its content files, as a build does."""
    from graph_app.columns.encoding import build_columns

    def work() -> _Told:
        build_columns(Path(target), *map(Path, contents))
        return {}

    return work


def publish(home: str, *contents: str) -> Callable[[], _Told]:
    """Make a whole release of files of N-Quads and the ontology: sort, store, derive, count, hash, publish."""
    from graph_app.releases.compose import compose
    from graph_app.settings import Settings

    settings = Settings(home=Path(home))
    return lambda: _told(compose(map(Path, contents), settings))


def bulk_load(target: str, *files: str) -> Callable[[], _Told]:
    """Hand ready text to the store's bulk loader, and nothing else."""
    import pyoxigraph as ox

    def work() -> _Told:
        store = ox.Store(target)
        for file in files:
            store.bulk_load(path=file)
        store.flush()
        return {}

    return work


def rdflib_memory(file: str) -> Callable[[], _Told]:
    """Parse into rdflib's own store in memory."""
    from rdflib import Dataset

    def work() -> _Told:
        return {"statements": len(Dataset().parse(file, format="nquads"))}

    return work


def oxrdflib_store(target: str, file: str, format_: str) -> Callable[[], _Told]:
    """Parse into an Oxigraph store on disk through rdflib's interface."""
    from rdflib import Dataset

    def work() -> _Told:
        dataset = Dataset(store="Oxigraph")
        dataset.open(target)
        dataset.parse(file, format=format_)
        dataset.close()
        return {}

    return work


def take_in(folder: str, home: str) -> Callable[[], _Told]:
    """Take a filled-in template into the journal, as ``intgraph load`` does."""
    from graph_app.journal.intake import take_in as take
    from graph_app.settings import Settings
    from tests.benchmarks.generator.nquads import DATASET

    settings = Settings(home=Path(home))

    def work() -> _Told:
        taken = take(Path(folder), DATASET, settings, lambda _: None)
        return {"changed": float(taken.changed)}

    return work


def build(home: str) -> Callable[[], _Told]:
    """Build a release from the journal, as ``intgraph build`` does."""
    from graph_app.releases.build import build as make
    from graph_app.settings import Settings

    settings = Settings(home=Path(home))

    return lambda: _told(make(settings))


def convert(folder: str, target: str) -> Callable[[], _Told]:
    """Turn the tables of all parts into N-Quads text, as they come."""
    from graph_app.store.canonical import behind
    from loaders.load import load_lines

    def texts() -> Iterator[bytes]:
        for part, dataset in _parts(folder):
            for item in load_lines(part, dataset):
                if isinstance(item, str):
                    yield item.encode()

    def work() -> _Told:
        with Path(target).open("wb", buffering=0) as stream:
            behind(stream.write, texts())
        return {}

    return work


def read_format(name: str, path: str) -> Callable[[], _Told]:
    """Turn one file of a format into N-Quads, and keep none of it."""
    from loaders.batches import Batch
    from loaders.datasets import Dataset
    from loaders.load import load_lines
    from loaders.records import Record

    dataset = Dataset("sample", {"en": "Sample"}, name, "sample")

    def work() -> _Told:
        records = statements = 0

        def look(taken: Record | Batch) -> None:
            nonlocal records
            records += len(taken.keys) if isinstance(taken, Batch) else 1

        for item in load_lines(Path(path), dataset, look=look):
            statements += item.count("\n") if isinstance(item, str) else 0
        return {"records": records, "statements": statements}

    return work


def csv_release(folder: str, home: str) -> Callable[[], _Told]:
    """Take the tables of all parts into the journal and build a release of them; tell when it first answered."""
    from graph_app.journal.intake import take_in as take
    from graph_app.releases.build import build as make
    from graph_app.releases.prepared import Preparing
    from graph_app.settings import Settings

    settings = Settings(home=Path(home))

    def work() -> _Told:
        begun, answered = time.perf_counter(), 0.0

        def look(step: str) -> None:
            nonlocal answered
            if not answered and step.endswith("columns answer meanwhile"):
                answered = time.perf_counter() - begun

        with Preparing(settings) as keeper:
            for part, dataset in _parts(folder):
                take(part, dataset, settings, keeper=keeper)
        return {**_told(make(settings, look)), "answered": answered}

    return work


def small_publications(home: str, turns: str) -> Callable[[], _Told]:
    """Hand in, approve and publish small entries, one after another, as the page does; then correct and undo each."""
    from graph_app.questions.current import current_engine
    from graph_app.releases.release import Release
    from graph_app.settings import Settings
    from graph_app.stewardship.actors import EVERY_ROLE, Actor
    from graph_app.stewardship.described import Stated
    from graph_app.stewardship.publication import publish as bring_in
    from graph_app.stewardship.publication import revert
    from graph_app.stewardship.releasing import make_release
    from graph_app.stewardship.review import approve
    from graph_app.stewardship.submit import submit
    from tests.benchmarks.entries import entry

    settings = Settings(home=Path(home))
    steward = Actor("Steward", EVERY_ROLE)
    told: _Told = {}

    def note(kind: str, turn: int, release: Release) -> None:
        steps = {re.sub(r" of \S+$", "", step): seconds for step, seconds in release.report.steps.items()}
        steps = {"Loading" if step.startswith("Loading") else step: seconds for step, seconds in steps.items()}
        steps["Comparing, moving, syncing"] = release.report.seconds - sum(steps.values())
        told.update({f"{kind}|{turn}|{step}": seconds for step, seconds in steps.items()})
        told[f"{kind}|{turn}|statements"] = release.report.added + release.report.removed

    def end(kind: str, turn: int, began: float, worked: float) -> None:
        told[f"{kind}|{turn}|all"] = time.perf_counter() - began
        told[f"{kind}|{turn}|processor"] = time.process_time() - worked

    def bring(kind: str, turn: int, title: str) -> str:
        path = settings.home / f"small-{turn}.yaml"
        path.write_text(entry(path.stem, title), encoding="utf-8")
        ident = submit(path, steward, settings, Stated(path.stem)).submission.id
        approve(ident, steward, settings)
        began, worked = time.perf_counter(), time.process_time()
        bring_in(ident, steward, settings)
        told[f"{kind}|{turn}|Checking once more"] = time.perf_counter() - began
        release = make_release(settings)
        end(kind, turn, began, worked)
        note(kind, turn, release)
        return ident

    def work() -> _Told:
        for turn in range(int(turns)):
            bring("new", turn, "Course")
            ident = bring("corrected", turn, "Course for parents")
            began, worked = time.perf_counter(), time.process_time()
            revert(ident, steward, settings, reason="a measurement")
            make_release(settings)  # the release before it becomes current again, whose report tells of other work
            end("undone", turn, began, worked)
        current_engine(settings).close()
        return told

    return work


def merges(home: str, *numbers: str) -> Callable[[], _Told]:
    """Decide that so many pairs of organisations are one, make the release, and undo it again."""
    import secrets

    from graph_app.journal.decisions import Decision, Judgement, Way
    from graph_app.releases.release import current_release
    from graph_app.settings import Settings
    from graph_app.stewardship.actors import EVERY_ROLE, Actor
    from graph_app.stewardship.deciding import decide, undo
    from graph_app.stewardship.releasing import make_release
    from graph_app.store.sorted_lines import mapped, with_object
    from loaders.vocabulary import BASE, IG

    settings, steward = Settings(home=Path(home)), Actor("Steward", EVERY_ROLE)
    found: set[str] = set()
    for path in current_release(settings).content_files:
        with mapped(path) as text:
            lines = with_object(text, [str(IG.Organisation).encode()])
            found |= {line.split(b" ", 1)[0][1:-1].decode() for line in lines}
    iris = sorted(iri.removeprefix(BASE) for iri in found if iri.startswith(BASE))

    def work() -> _Told:
        told: _Told = {"organisations": len(iris)}
        for number in map(int, numbers):
            pairs = zip(iris[: 2 * number : 2], iris[1 : 2 * number : 2], strict=False)
            decisions = [Decision(left, right, Judgement.SAME, Way.BATCH) for left, right in pairs]
            began = time.perf_counter()
            event = decide(decisions, steward, settings).event
            release = make_release(settings)
            told[f"{number}|merged"] = time.perf_counter() - began
            told[f"{number}|statements"] = release.report.added + release.report.removed
            told[f"{number}|kind"] = release.report.kind
            assert event is not None
            began = time.perf_counter()
            undo(event.seq, steward, settings, reason=secrets.token_hex(4))
            make_release(settings)
            told[f"{number}|undone"] = time.perf_counter() - began
        return told

    return work


def check_entries(home: str, number: str) -> Callable[[], _Told]:
    """Check small entries one after another against the current release, as the page does while somebody fills in."""
    from graph_app.questions.current import current_engine
    from graph_app.questions.neighbourhood import neighbourhood
    from graph_app.settings import Settings
    from graph_app.validation.entry import check_entry
    from loaders.datasets import Dataset
    from tests.benchmarks.entries import entry
    from tests.benchmarks.measure import share

    settings = Settings(home=Path(home))
    dataset = Dataset("entry", {"en": "Entry"}, "curated", "entry")
    path = settings.home / "entry.yaml"

    def work() -> _Told:
        took = []
        with current_engine(settings).lease() as engine:
            for turn in range(int(number) + 1):
                path.write_text(entry("entry", f"Course {turn}"), encoding="utf-8")
                began = time.perf_counter()
                report = check_entry(path, dataset, lambda iris: neighbourhood(engine, iris), base=settings.base)
                took.append(time.perf_counter() - began)
                if not report.accepted:
                    raise RuntimeError(str(report.findings))
        current_engine(settings).close()
        later = took[1:]
        told = {"first": took[0], "median": share(later, 0.5), "nearly all": share(later, 0.95)}
        return {**told, "statements": report.statements}

    return work


def check_current(home: str) -> Callable[[], _Told]:
    """Check the whole current release, as ``intgraph validate`` does for the first time; later ones read its report."""
    from tempfile import TemporaryDirectory

    from graph_app.releases.release import current_release
    from graph_app.settings import Settings
    from graph_app.validation.released import check_release

    def work() -> _Told:
        with TemporaryDirectory() as no_reports:
            release = current_release(Settings(home=Path(home)))
            return {"findings": len(check_release(release, Settings(home=Path(no_reports))))}

    return work


def check_columns(folder: str, *contents: str) -> Callable[[], _Told]:
    """Check a graph against all shapes: make columns of its content, ask them, and put each finding at its cell."""
    from graph_app.columns.encoding import build_columns
    from graph_app.columns.engine import ColumnStore
    from graph_app.validation.check import results_on_columns
    from graph_app.validation.findings import collapse

    def work() -> _Told:
        begun = time.perf_counter()
        build_columns(Path(folder), *map(Path, contents))
        columns = ColumnStore.open(Path(folder))
        made = time.perf_counter()
        found = collapse(results_on_columns(columns, lambda: _whole(contents)))
        return {"findings": len(found), "encoded": made - begun, "checked": time.perf_counter() - made}

    return work


def check_pyshacl(*contents: str) -> Callable[[], _Told]:
    """Check a graph against all shapes with pySHACL in memory."""
    from tests.reference import by_pyshacl

    def work() -> _Told:
        begun = time.perf_counter()
        graph = _whole(contents)
        read = time.perf_counter()
        found = by_pyshacl(graph)
        return {"findings": len(found), "encoded": read - begun, "checked": time.perf_counter() - read}

    return work


def columns_results(target: str, folder: str, *contents: str) -> Callable[[], _Told]:
    """Check a graph against all shapes on columns, and write a line for each result."""
    from graph_app.columns.encoding import build_columns
    from graph_app.columns.engine import ColumnStore
    from graph_app.validation.shacl.columns import check_columns
    from graph_app.validation.shapes import shapes_graph

    def work() -> _Told:
        build_columns(Path(folder), *map(Path, contents))
        columns = ColumnStore.open(Path(folder))
        made = time.perf_counter()
        results, uncovered = check_columns(columns, shapes_graph())
        checked = time.perf_counter() - made
        if uncovered:
            raise RuntimeError(str(uncovered))
        space = "https://w3id.org/integration-graph/shapes#"
        lines = (f"{one.focus} {space}{one.rule} {one.component}\n" for one in results)
        Path(target).write_text("".join(lines), encoding="utf-8")
        return {"checked": checked}

    return work


def check_sheet(folder: str) -> Callable[[], _Told]:
    """Check the tables of all parts as new entries, as ``intgraph validate`` does, with a graph that knows nothing."""
    from rdflib import Graph

    from graph_app.validation.entry import check_entry

    def work() -> _Told:
        found = [len(check_entry(part, dataset, lambda _: Graph()).findings) for part, dataset in _parts(folder)]
        return {"findings": sum(found)}

    return work


def _whole(contents: tuple[str, ...]) -> "Graph":
    """Read N-Quads as one graph, without the ontology."""
    from rdflib import Graph

    graph = Graph()
    for content in contents:
        if not content.endswith("ontology.nq"):
            lines = Path(content).read_text(encoding="utf-8").splitlines()
            graph.parse(data="\n".join(f"{line.rpartition(' <')[0]} ." for line in lines), format="nt")
    return graph


def _parts(folder: str) -> list[tuple[Path, "Dataset"]]:
    """Return the parts of a generated table, each with the dataset that it is."""
    from tests.benchmarks.generator.nquads import DATASET

    parts = sorted(Path(folder).iterdir(), key=lambda part: int(part.name))
    return [(part, replace(DATASET, key=f"{DATASET.key}-{part.name}")) for part in parts]


def _told(release: "Release") -> _Told:
    took = release.report.steps
    steps = ", ".join(f"{step[:1].lower()}{step[1:]} {seconds:.1f} s" for step, seconds in took.items())
    return {
        "statements": release.triples,
        "kind": str(release.report.kind),
        "steps": steps,
        "columns": sum(seconds for step, seconds in took.items() if "encoding" in step.lower()),
    }


_WAYS: dict[str, Callable[..., Callable[[], _Told]]] = {
    way.__name__: way
    for way in (
        store,
        columns,
        publish,
        bulk_load,
        rdflib_memory,
        oxrdflib_store,
        take_in,
        build,
        convert,
        read_format,
        csv_release,
        small_publications,
        merges,
        check_entries,
        check_current,
        check_columns,
        columns_results,
        check_pyshacl,
        check_sheet,
    )
}


def _main(name: str, *args: str) -> None:
    from graph_app.cli import look_for_garbage_seldom

    look_for_garbage_seldom()  # as the command does; other tools gain by it too
    work = _WAYS[name](*args)
    start = time.perf_counter()
    told = work()
    print(json.dumps({"seconds": time.perf_counter() - start, **told}))  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:])
