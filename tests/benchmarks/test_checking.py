"""All shapes on generated data with faults: columns beside pySHACL, and sheets as their authors send them in."""

import csv
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph_app.validation.shapes import shapes_graph, without_words
from tests.benchmarks import shacl_engines
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_parts
from tests.benchmarks.material import PROJECTS, make_material
from tests.benchmarks.measure import Failed, Measure, run_command, run_way
from tests.benchmarks.shacl_engines import ENGINES, shacl_python
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

#: pySHACL takes half a minute for so many projects, and hours for a hundred times as many.
BESIDE = 100
#: One project in so many is spoilt, and one row of a sheet.
SPOILT = 100
#: Projects whose sheets have some 10,000 rows.
SHEET = 1_400
#: Projects that other engines are asked about, and the seconds after which one is not waited for.
ENGINES_ASKED = 2_000
PATIENCE = 240
ABOUT_ENGINES = """
The same shapes and the same data, from a file to the results, each engine by itself. A release has its columns already,
which is the second line.
"""
ABOUT_RELEASE = f"""
Every shape of `shapes/` on the columns of a release of {PROJECTS:,} generated projects, as `intgraph validate` checks
it for the first time; its report is kept with the release.
"""
_IG = "https://w3id.org/integration-graph/ontology#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
ABOUT = f"""
Every shape of `shapes/` on generated projects with their provenance, from N-Quads to findings at their cells. One
project in {SPOILT} has a fault of one of five kinds. Tests hold that both ways find the same; the numbers of findings
show it here.
"""


def spoilt(lines: Iterator[str]) -> Iterator[str]:
    """Spoil some projects: end before start, no title, two titles, unknown country, a website that is none."""
    chance = random.Random(1)  # noqa: S311 - no secret
    title = "<http://purl.org/dc/terms/title>"
    for line in lines:
        if title not in line or "/project/" not in line.split(" ", 1)[0] or chance.randrange(SPOILT):
            yield line
            continue
        subject, graph = line.split(" ", 1)[0], line.rsplit(" ", 2)[1]
        kind = chance.randrange(5)
        if kind != 1:
            yield line
        match kind:
            case 0:
                yield f'{subject} <{_IG}endDate> "1950-01-01"^^<{_XSD}date> {graph} .\n'
            case 2:
                yield f'{subject} {title} "Another title"@en {graph} .\n'
            case 3:
                yield f"{subject} <{_IG}country> <https://example.org/nowhere> {graph} .\n"
            case 4:
                yield f'{subject} <http://xmlns.com/foaf/0.1/homepage> "example.org" {graph} .\n'


def material(projects: int, folder: Path) -> list[Path]:
    folder.mkdir()
    content = make_material(projects, folder).content
    whole = folder / "spoilt.nq"
    with whole.open("w", encoding="utf-8") as target:
        for path in sorted(content.iterdir()):
            if path.name != "ontology.nq":
                with path.open(encoding="utf-8") as lines:
                    target.writelines(spoilt(lines))
    return [whole, content / "ontology.nq"]


def spoil_sheet(folder: Path) -> int:
    """Spoil some rows of tables, and return how many rows there are."""
    chance = random.Random(1)  # noqa: S311 - no secret
    number = 0
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        number += len(rows) - 1
        for row in rows[1:]:
            if not chance.randrange(SPOILT):
                row[chance.randrange(1, len(row))] = chance.choice(["31.13.2024", "nowhere", "1.234,5 x", "???"])
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return number


def test_checking(make_table: Callable[..., Table], tmp_path: Path) -> None:
    columns = ("what", "findings", "seconds", "of which checking", "memory MiB", "times pySHACL")
    table = make_table(f"checking-{PROJECTS}", "All shapes on columns and by pySHACL", ABOUT, columns)
    small = material(BESIDE, tmp_path / "small")
    reference = run_way("check_pyshacl", *small)
    beside = run_way("check_columns", tmp_path / "small-columns", *small)
    assert reference.told["findings"] == beside.told["findings"]
    row(table, f"pySHACL, {BESIDE:,} projects", reference)
    row(table, f"columns, {BESIDE:,} projects", beside, reference)
    large = run_way("check_columns", tmp_path / "columns", *material(PROJECTS, tmp_path / "large"))
    row(table, f"**columns, {PROJECTS:,} projects**", large)
    write_parts(make_plan(SHEET), tmp_path / "sheet")
    rows = spoil_sheet(tmp_path / "sheet")
    row(table, f"a sheet of {rows:,} rows, spoilt here and there", run_way("check_sheet", tmp_path / "sheet"))
    table.remark(
        f"pySHACL took {per_project(reference, BESIDE):.0f} ms a project and grows with their number;"
        " its figure beside columns is from the smaller graph."
    )


def test_other_engines(make_table: Callable[..., Table], tmp_path: Path) -> None:
    columns = ("engine", "results", "not told by columns", "told by columns alone", "seconds", "times columns")
    table = make_table(
        f"shacl-engines-{ENGINES_ASKED}", "All shapes on columns and by other engines", ABOUT_ENGINES, columns
    )
    content = material(ENGINES_ASKED, tmp_path / "material")
    data, shapes = tmp_path / "data.nt", tmp_path / "shapes.nt"
    with data.open("w", encoding="utf-8") as target:
        for path in content:
            with path.open(encoding="utf-8") as lines:
                target.writelines(f"{line.rpartition(' <')[0]} .\n" for line in lines)
    without_words(shapes_graph()).serialize(shapes, format="nt", encoding="utf-8")
    own = tmp_path / "columns.txt"
    ours = run_way("columns_results", own, tmp_path / "columns", *content)
    found = Counter(own.read_text(encoding="utf-8").splitlines())
    checked = float(ours.told["checked"])
    table.add("**columns**, from text", f"{found.total():,}", "", "", f"{ours.seconds:.1f}", "1")
    table.add("**columns**, from a release", f"{found.total():,}", "", "", f"{checked:.1f}", "")
    python = shacl_python(tmp_path)
    for name in ENGINES:
        results = tmp_path / f"{name}.txt"
        script = [str(python), str(Path(shacl_engines.__file__)), name, str(shapes), str(data), str(results)]
        try:
            _, output = run_command(["timeout", str(PATIENCE), *script], tmp_path)
        except Failed:
            table.add(name, "none", "", "", f"over {PATIENCE}", f"over {PATIENCE / ours.seconds:.0f}")
            continue
        seconds = json.loads(output.splitlines()[-1])["seconds"]
        other = Counter(results.read_text(encoding="utf-8").splitlines())
        more, fewer = (other - found).total(), (found - other).total()
        table.add(name, f"{other.total():,}", f"{more}", f"{fewer}", f"{seconds:.1f}", f"{seconds / ours.seconds:.1f}")


def per_project(measure: Measure, projects: int) -> float:
    return measure.seconds / projects * 1000


def row(table: Table, what: str, measure: Measure, reference: Measure | None = None) -> None:
    table.add(
        what,
        f"{int(measure.told['findings']):,}",
        f"{measure.seconds:.1f}",
        f"{float(measure.told['checked']):.1f}" if "checked" in measure.told else "",
        f"{measure.peak / 2**20:,.0f}",
        f"{reference.seconds / measure.seconds:.0f}" if reference else "",
    )


def test_release(home: Path, make_table: Callable[..., Table]) -> None:
    columns = ("what", "findings", "seconds", "memory MiB")
    table = make_table(
        f"checked-{PROJECTS}", f"The check of a release of {PROJECTS:,} projects", ABOUT_RELEASE, columns
    )
    checked = run_way("check_current", home)
    figures = f"{checked.told['findings']:,.0f}", f"{checked.seconds:.1f}", f"{checked.peak / 2**20:,.0f}"
    table.add("**the whole release**", *figures)
