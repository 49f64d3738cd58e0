import contextlib
import time
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryRefused
from graph_app.questions.guard import DEPTH_LIMIT, SIZE_LIMIT, check

HERE = Path(__file__).parent
EVIL = "http://127.0.0.1:8099/"


def queries(name: str) -> list[str]:
    return [text.replace("{evil}", EVIL) for text in YAML(typ="safe").load(HERE / name)]


@pytest.mark.parametrize("text", queries("refused.yaml"))
def test_what_reaches_out_or_changes_data_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="not allowed"):
        check(text)


@pytest.mark.parametrize("text", queries("allowed.yaml"))
def test_words_in_strings_names_and_comments_are_no_reason(text: str, small_engine: Engine) -> None:
    small_engine.ask(text)


def test_size_is_limited_in_bytes() -> None:
    check("#" + "a" * (SIZE_LIMIT - 1))
    with pytest.raises(QueryRefused, match="bytes"):
        check("#" + "é" * (SIZE_LIMIT // 2))


@pytest.mark.parametrize(("opening", "closing"), [("{", "}"), ("(", ")"), ("[", "]"), ("{(", ")}"), ("{ #}\n", "}")])
def test_nesting_is_limited(opening: str, closing: str) -> None:
    deep = DEPTH_LIMIT // len(opening.strip(" #}\n"))
    check(opening * deep + closing * deep)
    with pytest.raises(QueryRefused, match="deep"):
        check(opening * (deep + 1) + closing * (deep + 1))


def test_brackets_in_strings_do_not_nest() -> None:
    check('SELECT * { ?s ?p "' + "{" * 1000 + '" }')


@pytest.mark.parametrize("sign", ["!", "! ", "!#\n"])
def test_runs_of_not_are_limited(sign: str) -> None:
    check(sign * DEPTH_LIMIT + "true")
    with pytest.raises(QueryRefused, match="in a row"):
        check(sign * (DEPTH_LIMIT + 1) + "true")


def test_half_characters_are_refused() -> None:
    with pytest.raises(QueryRefused, match="Character 3"):
        check("# \ud800")


@pytest.mark.parametrize(
    "piece", ["<a>'''", '"', "<'", '"""', "\\", "<<", "a:", "'''\\'", "<a", "?", "_:", "%", "<a>", "''"]
)
def test_the_scan_takes_time_in_proportion_to_the_text(piece: str) -> None:
    tail = " SERVICE"
    text = piece * ((SIZE_LIMIT - len(tail)) // len(piece)) + tail
    started = time.process_time()
    with contextlib.suppress(QueryRefused):
        check(text)
    assert time.process_time() - started < 3
