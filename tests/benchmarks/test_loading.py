"""From text and tables to a store that answers queries: ours beside others, all in one run."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.generator.nquads import DATASET
from tests.benchmarks.generator.rml import MAPPING, write_rml
from tests.benchmarks.generator.template import write_template
from tests.benchmarks.material import PROJECTS, ROOT, Material, Texts, make_texts
from tests.benchmarks.measure import Failed, Measure, folder_size, run_command, run_way
from tests.benchmarks.morph import morph_python
from tests.benchmarks.tables import Table
from tests.benchmarks.virtuoso import installed, virtuoso

pytestmark = pytest.mark.bench

#: Turns of the bound and of ours, of which the middle one counts.
TURNS = 3
#: What is slower than this many projects a run can wait for is left out above it.
MOST_FOR_SLOW = 20_000
#: Participations of more projects than this do not fit a table of the template.
MOST_FOR_TEMPLATE = 40_000
ABOUT = f"""
{PROJECTS:,} generated projects with the ontology, from text or tables to a store. Each way ran in a process of its own.
Seconds of programs that are not ours count from their start. Memory is the most that the process held, of several
processes the largest; Virtuoso's is mostly the buffers it was given.

A release holds each statement in its named graph and once in the default graph. So the bound is the store's own
`bulk_load` of a text in which each statement already stands twice.
"""


class Rows:
    """Rows of the table, each with its ratio to the bound.

    :param table: where they go.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self.bound = 0.0

    def add(self, what: str, statements: int, seconds: float, peak: int, disk: int) -> None:
        """Add what one way took."""
        self._table.add(
            what,
            f"{statements:,}",
            f"{seconds:.1f}",
            f"{statements / seconds / 1000:,.0f}",
            f"{peak / 2**20:,.0f}",
            f"{disk / 2**20:,.0f}" if disk else "–",
            f"{seconds / self.bound:.2f}" if self.bound else "",
        )

    def remark(self, text: str) -> None:
        """Say something below the table."""
        self._table.remark(text)

    def leave_out(self, what: str, why: str) -> None:
        """Say what was not measured."""
        self._table.remark(f"{what}: left out, {why}.")


@pytest.fixture(scope="module")
def rows(make_table: Callable[..., Table]) -> Rows:
    columns = ("way", "statements", "seconds", "thousand statements a second", "memory MiB", "disk MiB", "time / bound")
    return Rows(make_table(f"loading-{PROJECTS}", f"Loading {PROJECTS:,} projects", ABOUT, columns))


@pytest.fixture(scope="module")
def texts(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Texts:
    return make_texts(material, tmp_path_factory.mktemp("texts"))


@contextmanager
def room(tmp_path: Path) -> Iterator[Path]:
    """Give an empty folder and remove it afterwards: stores of many ways would fill the disk."""
    folder = tmp_path / "room"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def measured(work: Callable[[Path], Measure], tmp_path: Path) -> tuple[Measure, int]:
    with room(tmp_path) as folder:
        measure = work(folder)
        return measure, folder_size(folder)


def middle(found: list[tuple[Measure, int]]) -> tuple[Measure, int]:
    """Return the measure of middling time."""
    return sorted(found, key=lambda one: one[0].seconds)[len(found) // 2]


def test_text_to_store(material: Material, texts: Texts, rows: Rows, tmp_path: Path) -> None:
    statements = texts.statements
    contents = sorted(material.content.iterdir())
    # What else the machine does hits both alike when they take turns.
    bounds, own = [], []
    for _ in range(TURNS):
        bounds.append(measured(lambda folder: run_way("bulk_load", folder / "store", texts.twice), tmp_path))
        own.append(measured(lambda folder: run_way("store", folder / "store", *contents), tmp_path))
    bound, disk = middle(bounds)
    rows.bound = bound.seconds
    what = "`bulk_load` alone, the same statements as ready text (the bound)"
    rows.add(what, statements * 2, bound.seconds, bound.peak, disk)
    ours, disk = middle(own)
    rows.add("**ours: content files to the store of a release**", statements * 2, ours.seconds, ours.peak, disk)
    whole, disk = measured(lambda folder: run_way("publish", folder, contents[0]), tmp_path)
    made = int(whole.told["statements"])
    rows.add("ours: a whole release of them, with what is derived", made * 2, whole.seconds, whole.peak, disk)
    rows.remark(f"The whole release: {whole.told['steps']}.")
    once, disk = measured(lambda folder: run_way("bulk_load", folder / "store", texts.quads), tmp_path)
    rows.add("`bulk_load` alone, quads only", statements, once.seconds, once.peak, disk)


def test_oxigraph_load(texts: Texts, rows: Rows, tmp_path: Path) -> None:
    command = [str(ROOT / ".venv/bin/oxigraph"), "load", "--location", "store", "--file"]
    for what, text, times in (("each statement twice", texts.twice, 2), ("quads only", texts.quads, 1)):
        measure, disk = measured(lambda folder, text=text: run_command([*command, str(text)], folder)[0], tmp_path)
        rows.add(f"`oxigraph load`, {what}", texts.statements * times, measure.seconds, measure.peak, disk)


def test_rdflib(texts: Texts, rows: Rows, tmp_path: Path) -> None:
    if PROJECTS > MOST_FOR_SLOW:
        rows.leave_out("rdflib and oxrdflib", f"they are measured up to {MOST_FOR_SLOW:,} projects")
        return
    memory = run_way("rdflib_memory", texts.quads)
    rows.add("rdflib `Dataset.parse`, quads only, in memory", texts.statements, memory.seconds, memory.peak, 0)
    for name, format_ in (("rdflib's parser", "nquads"), ("its own parser", "ox-nquads")):
        measure, disk = measured(
            lambda folder, format_=format_: run_way("oxrdflib_store", folder / "store", texts.quads, format_),
            tmp_path,
        )
        rows.add(f"oxrdflib, {name}, quads only", texts.statements, measure.seconds, measure.peak, disk)


def test_virtuoso(texts: Texts, rows: Rows, tmp_path: Path) -> None:
    if not installed():
        rows.leave_out("Virtuoso", "it is not installed")
        return
    with room(tmp_path) as folder:
        text = texts.twice.stat().st_size
        with virtuoso(folder / "database", texts.quads.parent, text=text) as server:
            quads = server.load(texts.quads, "urn:graph:none")
            rows.add("Virtuoso's bulk loader, quads only", texts.statements, quads, server.peak(), server.disk())
            twice = quads + server.load(texts.triples, "urn:graph:union")
            rows.add(
                "Virtuoso's bulk loader, and all once more in one graph",
                texts.statements * 2,
                twice,
                server.peak(),
                server.disk(),
            )


def test_tables_to_store(material: Material, rows: Rows, tmp_path: Path) -> None:
    """Tables of the same projects: ours through journal and mapping, with the cell of every value, and morph-kgc's."""
    if PROJECTS > MOST_FOR_TEMPLATE:
        rows.leave_out(
            "ours from tables", f"participations of {PROJECTS:,} projects do not fit a table of the template"
        )
    else:
        with room(tmp_path) as folder:
            write_template(material.plan, folder / "generated")
            taken = run_way("take_in", folder / "generated", folder / "home")
            built = run_way("build", folder / "home")
            statements = int(built.told["statements"])
            disk = folder_size(folder / "home" / "releases")
            rows.add(
                "ours: the template's tables, `intgraph load` (kept and checked)",
                statements,
                taken.seconds,
                taken.peak,
                0,
            )
            rows.add(
                "ours: the same, `intgraph build` (with the source cell of every value)",
                statements,
                built.seconds,
                built.peak,
                disk,
            )
            rows.remark(f"The build from tables: {built.told['steps']}.")


def test_morph_kgc(material: Material, rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("morph")
    try:
        python = morph_python(folder)
    except Failed as error:
        rows.leave_out("morph-kgc", f"it could not be installed: {str(error).splitlines()[-1]}")
        return
    write_rml(material.plan, folder / "tables")
    (folder / "tables/run.ini").write_text(
        f"[CONFIGURATION]\noutput_file=made.nq\noutput_format=N-QUADS\nnumber_of_processes=2\n[tables]\nmappings={MAPPING}\n",
        encoding="utf-8",
    )
    made = folder / "tables/made.nq"
    text, _ = run_command([str(python), "-m", "morph_kgc", "run.ini"], folder / "tables")
    want = material.content / f"{DATASET.key}.nq"
    assert content_of(made) == content_of(want), "morph-kgc states something else than the N-Quads"
    statements = content_of(want)[0]
    rows.add("morph-kgc, tables to N-Quads text only", statements, text.seconds, text.peak, made.stat().st_size)
    if PROJECTS > MOST_FOR_SLOW:
        rows.leave_out("morph-kgc's own store in memory", f"it is measured up to {MOST_FOR_SLOW:,} projects")
        return
    script = "import morph_kgc; morph_kgc.materialize_oxigraph('run.ini')"
    memory, _ = run_command([str(python), "-c", script], folder / "tables")
    rows.add("morph-kgc, tables to its own store in memory", statements, memory.seconds, memory.peak, 0)


def content_of(path: Path) -> tuple[int, int]:
    """Return the number of lines and a sum of their hashes, which does not depend on their order."""
    count = total = 0
    with path.open(encoding="utf-8", newline="\n") as lines:
        for count, line in enumerate(lines, start=1):  # noqa: B007
            total += int.from_bytes(hashlib.sha256(line.rstrip("\n .").encode()).digest())
    return count, total
