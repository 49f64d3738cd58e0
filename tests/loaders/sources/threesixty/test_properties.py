"""Whatever grants a file holds: every form says the same, order changes no identity, and no content breaks a reader."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import SourceFault
from loaders.sources.threesixty.fields import GRANT, Kind, fields_of
from tests.loaders.sources.threesixty.files import facts, flattened, read_bytes

#: What both JSON and tables can carry; blanks at the ends are no part of a value.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=12).map(str.strip)
NUMBERS = st.one_of(st.integers(-(10**9), 10**12), st.decimals(0, 10**9, places=2).map(float))
DAYS = st.dates().map(lambda day: f"{day:%Y-%m-%d}T00:00:00+00:00")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
#: How many grants are tried: few in every run, many in the long form.
EXAMPLES = pytest.mark.parametrize(
    "examples",
    [
        settings(max_examples=20, deadline=None),
        pytest.param(settings(max_examples=300, deadline=None), marks=pytest.mark.soak),
    ],
    ids=["few", "many"],
)
NAMES = sorted({name for entity in (GRANT, "organisation", "location", "event") for name in fields_of(entity)})


def objects(entity: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of the standard, each field there or not."""
    return st.fixed_dictionaries(
        {}, optional={name: values(entity, name) for name in fields_of(entity) if name != "id"}
    )


def values(entity: str, name: str) -> st.SearchStrategy[Any]:
    field = fields_of(entity)[name]
    if field.kind is Kind.UNUSED:
        return TEXTS
    plain = {Kind.NUMBER: NUMBERS, Kind.DATE: DAYS | TEXTS}.get(field.kind, TEXTS)
    one = objects(field.of) | plain.map(lambda text: {"name": text}) if field.of else plain
    return st.lists(one, min_size=1, max_size=2) if field.list else one


def grants() -> st.SearchStrategy[list[dict[str, Any]]]:
    keys = st.from_regex(r"360G-[a-z0-9]{1,6}", fullmatch=True)
    return st.dictionaries(keys, objects(GRANT), min_size=1, max_size=3).map(
        lambda found: [{"id": key, "title": "A", **grant} for key, grant in found.items()]
    )


@EXAMPLES
def test_json_and_its_flattened_rows_say_the_same(examples: settings) -> None:
    examples(given(grants())(same_in_rows))()


def same_in_rows(found: list[dict[str, Any]]) -> None:
    listed = read_bytes("same.json", json.dumps({"grants": found}, ensure_ascii=False).encode())
    assert facts(read_bytes("same.csv", flattened(found))) == facts(listed)


@EXAMPLES
def test_order_changes_no_identity(examples: settings) -> None:
    examples(given(grants(), st.randoms(use_true_random=False))(same_in_any_order))()


def same_in_any_order(found: list[dict[str, Any]], random: Any) -> None:
    def keys(some: list[dict[str, Any]]) -> set[tuple[str, tuple[str, ...]]]:
        return {(kind, key) for kind, key, _ in facts(read_bytes("order.json", json.dumps({"grants": some}).encode()))}

    assert keys(random.sample(found, len(found))) == keys(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=6), JSON, max_size=6) | JSON, max_size=3))
def test_no_json_breaks_the_reader(found: list[Any]) -> None:
    read_bytes("any.json", json.dumps({"grants": found}).encode())


@EXAMPLES
def test_no_damage_breaks_the_reader(examples: settings) -> None:
    places = st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=3)), max_size=3)
    examples(given(grants(), places)(read_damaged))()


def read_damaged(found: list[dict[str, Any]], damage: list[tuple[int, bytes]]) -> None:
    content = bytearray(json.dumps({"grants": found}).encode())
    for place, put in damage:
        content[place % len(content) : place % len(content) + 1] = put
    try:
        read_bytes("damaged.json", bytes(content) or b" ")
    except SourceFault as fault:
        assert fault.finding.location is not None  # noqa: PT017


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["Identifier", "id", "Title", "", "#", *NAMES]), max_size=8), st.binary(max_size=200))
def test_no_table_breaks_the_reader(headings: list[str], rest: bytes) -> None:
    try:
        read_bytes("any.csv", ",".join(headings).encode() + b"\n" + rest)
    except SourceFault as fault:
        assert fault.finding.location is not None  # noqa: PT017
