"""The Python cell runs against a served release and gives the rows of the answer."""

import contextlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

from graph_app.questions.catalogue import with_prefixes
from graph_app.questions.engine import Engine
from graph_app.questions.notebook import python_cell, r_cell
from graph_app.questions.results import Table
from graph_app.releases.release import current_release
from graph_app.settings import Settings

QUERY = 'SELECT ?p ?t ("a\\"b\\\\c" AS ?q)\nWHERE { ?p a ig:Project ; dct:title ?t }\nORDER BY ?p ?t'


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
