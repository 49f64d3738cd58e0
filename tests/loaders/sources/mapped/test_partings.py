"""Cells of several names are proposed to be cut; names that hold a comma themselves are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sources.mapped.partings import cut_names, parting, whole_names

MINISTRY = "Ministry of Labour, Family and Social Affairs"
#: Values of a column, and the names that the proposal makes of them; none where nothing is cut.
COLUMNS: dict[str, tuple[list[str], list[list[str]]]] = {
    "semicolons": (["Most; Řeka", "Řeka"], [["Most", "Řeka"]]),
    "lines": (["Most\nŘeka, z.s.", "Řeka, z.s."], [["Most", "Řeka, z.s."]]),
    "commas": (["Most, Řeka", "Řeka, Dům", "Dům"], [["Most", "Řeka"], ["Řeka", "Dům"]]),
    "legal forms": (
        ["Foo, s.r.o., Bar, a. s.", "Bar, a. s., Baz, Inc.", "Foo, s.r.o."],
        [["Foo, s.r.o.", "Bar, a. s."], ["Bar, a. s.", "Baz, Inc."]],
    ),
    "only legal forms": (["Foo, s.r.o.", "Bar, o. p. s.", "Baz, Ltd."], []),
    "a ministry": ([f"{MINISTRY}, IOM", f"Caritas, {MINISTRY}", "IOM"], [[MINISTRY, "IOM"], ["Caritas", MINISTRY]]),
    "a ministry alone": ([MINISTRY, "IOM", "Caritas"], []),
    "what goes on in small letters": (
        ["Ministerstvo školství, mládeže a tělovýchovy, Most, Řeka"],
        [["Ministerstvo školství, mládeže a tělovýchovy", "Most", "Řeka"]],
    ),
    "always together": (
        ["Hope, Inc of Hull, Most", "Hope, Inc of Hull, Řeka", "Most"],
        [["Hope, Inc of Hull", "Most"], ["Hope, Inc of Hull", "Řeka"]],
    ),
    "nothing to cut": (["Most", "Řeka"], []),
    "one doubtful name among many": (["Most", "Řeka", "Dům", "Brod", "Hull, Kingston"], []),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_what_looks_like_several_names_is_cut(name: str) -> None:
    values, expected = COLUMNS[name]
    found = parting(values)
    cut = [] if found is None else [list(names) for _, names in cut_names(values, found.separator, found.whole)]
    assert cut == expected


def test_names_that_may_be_one_are_offered() -> None:
    assert whole_names(["A, B, C", "A, B"], ",") == ["A, B", "A, B, C", "B, C"]


@given(st.lists(st.text(alphabet="AbČ ,;\n.s", min_size=1, max_size=30).filter(str.strip), max_size=8))
def test_nothing_but_separators_is_lost(values: list[str]) -> None:
    found = parting(values)
    if found is None:
        return
    for value, names in cut_names(values, found.separator, found.whole):
        bare = "".join(value.replace(found.separator, "").split())
        assert "".join("".join(names).replace(found.separator, "").split()) == bare
