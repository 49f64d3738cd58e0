"""The cells for Python and for R run against a served release and give the rows of the answer."""

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph_app.questions.catalogue import with_prefixes
from graph_app.questions.engine import Engine
from graph_app.questions.notebook import python_cell, r_cell
from graph_app.questions.results import Table
from graph_app.releases.release import current_release
from graph_app.settings import Settings

QUERY = 'SELECT ?p ?t ("a\\"b\\\\c" AS ?q)\nWHERE { ?p a ig:Project ; dct:title ?t }\nORDER BY ?p ?t'
#: A column without values in some rows and letters of many scripts, and an answer without rows.
MISSING = (
    "SELECT ?p ?name ?none WHERE { ?p skos:prefLabel|skos:altLabel ?name OPTIONAL { ?p ig:acronym ?none } }"
    " ORDER BY ?p ?name ?none"
)
EMPTY = "SELECT ?p ?t WHERE { ?p a ig:Nothing ; dct:title ?t }"


def _without_r() -> bool:
    """Tell whether R, or what its cell needs, is missing."""
    asks = ["Rscript", "--vanilla", "-e", "library(httr); library(jsonlite)"]
    return shutil.which("Rscript") is None or subprocess.run(asks, capture_output=True, check=False).returncode != 0


def test_the_python_cell_gives_the_same_rows(curated_settings: Settings, serve: Callable[[Settings], str]) -> None:
    release = current_release(curated_settings)
    with Engine(release, curated_settings) as engine:
        found = engine.ask(QUERY)
    assert isinstance(found, Table)
    cell = python_cell(with_prefixes(QUERY), f"{serve(curated_settings).rstrip('/')}/sparql", release=release.version)
    program = f"{cell}\nprint(df.to_json(orient='values'))\n"
    command = [sys.executable, "-W", "ignore", "-"]
    ran = subprocess.run(command, input=program, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [[None if term is None else term.value for term in row] for row in found.rows]


@pytest.mark.skipif(_without_r(), reason="needs R with httr and jsonlite: apt-get install r-cran-httr r-cran-jsonlite")
@pytest.mark.parametrize("query", [QUERY, MISSING, EMPTY], ids=["texts", "missing", "empty"])
def test_the_r_cell_gives_the_same_rows(
    query: str, curated_settings: Settings, serve: Callable[[Settings], str], tmp_path: Path
) -> None:
    release = current_release(curated_settings)
    with Engine(release, curated_settings) as engine:
        found = engine.ask(query)
    assert isinstance(found, Table)
    cell = r_cell(with_prefixes(query), f"{serve(curated_settings).rstrip('/')}/sparql", release=release.version)
    program = tmp_path / "cell.R"
    program.write_text(
        f"{cell}\ncat('', toJSON(df, dataframe = 'columns', na = 'null'), sep = '\\n')\n", encoding="utf-8"
    )
    ran = subprocess.run(["Rscript", "--vanilla", str(program)], capture_output=True, text=True, check=True)
    assert "moved on" not in ran.stderr
    rows = [[None if term is None else term.value for term in row] for row in found.rows]
    assert json.loads(ran.stdout.splitlines()[-1]) == {
        name: [row[at] for row in rows] for at, name in enumerate(found.columns)
    }


@example("ASK {}", "a\x00b")
@given(st.text(max_size=60), st.text(max_size=20))
def test_no_query_or_title_ends_its_text(query: str, title: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        cell = python_cell(query, "http://x/sparql", release="r", title=title)
    compile(cell, "cell", "exec")
    values: dict[str, str] = {}
    exec(re.search(r"^QUERY = \(\n.*?^\)$", cell, re.DOTALL | re.MULTILINE)[0], values)  # type: ignore[index]  # noqa: S102
    assert values["QUERY"].strip() == query.strip().replace("\r\n", "\n").strip()


def test_the_r_cell_holds_the_query_line_by_line() -> None:
    cell = r_cell(QUERY, "http://x/sparql", release="r1", title="Two\nlines")
    assert cell.startswith("# Two lines\n")
    texts = re.search(r"paste0\(\n(.*?)\n\)", cell, re.DOTALL)
    assert texts is not None
    assert "".join(json.loads(line.rstrip(",")) for line in texts[1].splitlines()) == QUERY + "\n"


def test_the_r_cell_takes_what_tells_a_missing_value_from_an_empty_one_and_keeps_blanks() -> None:
    cell = r_cell(QUERY, "http://x/sparql", release="r1")
    assert 'accept("application/sparql-results+json")' in cell
    # Beyond its texts and comments, every bracket that opens also closes.
    bare = re.sub(r"#.*", "", re.sub(r'"(?:[^"\\]|\\.)*"', "", cell))
    open_: list[str] = []
    for sign in re.sub(r"[^()\[\]{}]", "", bare):
        if sign in "([{":
            open_.append(sign)
        else:
            assert open_.pop() + sign in {"()", "[]", "{}"}
    assert open_ == []
