"""Choices and the text of a map stay in step, whatever is chosen in whatever order."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loaders.errors import SourceFault
from loaders.sources.mapped.choices import LEFT_OUT, UNSAID, choices_of, meanings
from loaders.sources.mapped.choosing import choose, mend, state_role, state_setting
from loaders.sources.mapped.map_reader import parse_map
from loaders.sources.mapped.map_text import MapText
from loaders.sources.mapped.preview import preview
from loaders.sources.mapped.same_in_all import REST, rest_of, state_rest
from loaders.sources.mapped.suggest import suggest

ROWS = [
    ["Projekt", "Kdo: vede", "Partneři", "Od", "Kč", "Jméno", "Jméno"],
    ["Mosty", "Klub", "Řeka; Dům", "1.2.2023", "1 000,50", "x", "y"],
    ["Cesty", "Klub", "Dům", "1.3.2023", "20", "", "z"],
]
WORDS = (*meanings(), LEFT_OUT, UNSAID)


def values(index: int) -> list[str]:
    return [row[index] for row in ROWS[1:] if row[index]]


def fresh(folder: Path) -> tuple[Path, MapText]:
    path = folder / "list.csv"
    path.write_text("\n".join("\t".join(row) for row in ROWS), encoding="utf-8")
    return path, MapText(suggest(path))


def test_what_is_chosen_is_what_is_read(tmp_path: Path) -> None:
    path, written = fresh(tmp_path)
    for index, word in ((1, "organisation.name"), (4, "amount.value"), (5, "project.acronym"), (6, "project.acronym")):
        choose(written, choices_of(written, ROWS[0])[index], word, values(index))
    state_role(written, choices_of(written, ROWS[0])[1], "coordinator")
    written.set_of_part("amount", choices_of(written, ROWS[0])[4].part, "currency", "CZK")
    state_setting(written, choices_of(written, ROWS[0])[2], "whole", ["Řeka; Dům"])
    for name, told in (("language", "cs"), ("country", "CZE"), ("programme", "AMIF"), ("funder", "Ministerstvo")):
        state_rest(written, name, told)
    mend(written, ROWS[0])
    again = MapText(str(written))
    assert rest_of(again) == {"language": "cs", "country": "CZE", "programme": "AMIF", "funder": "Ministerstvo"}
    first, second = preview(path, str(again), 5)
    assert first.project["title"] == ("Mosty",)
    assert first.project["start"] == ("2023-02-01",)
    assert set(first.organisations) == {
        ("Klub", "coordinator"),
        ("Řeka; Dům", "partner"),
        ("Ministerstvo", "funder"),
    }
    assert first.amounts == [("1000.50", "CZK", "budget")]
    assert (first.project["acronym"], second.project["acronym"]) == (("x", "y"), ("z",))
    for name in REST:
        state_rest(again, name, "")
    mend(again, ROWS[0])
    assert not any(rest_of(again).values())
    parse_map(str(again))


def refused(text: str) -> set[str]:
    try:
        parse_map(text)
    except SourceFault as fault:
        return {one.rule for one in fault.findings}
    return set()


steps = st.lists(st.tuples(st.integers(0, len(ROWS[0]) - 1), st.sampled_from(WORDS)), max_size=12)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(0, "programme.id"), (1, "grant.description"), (1, "project.id"), (0, "project.id")])
@example([(5, "left-out"), (6, "project.acronym")])
@given(steps)
def test_any_choices_give_a_map_that_says_them(tmp_path: Path, chosen: list[tuple[int, str]]) -> None:
    _, written = fresh(tmp_path)
    said: dict[int, str] = {}
    for index, word in chosen:
        choose(written, choices_of(written, ROWS[0])[index], word, values(index))
        mend(written, ROWS[0])
        said[index] = word
    text = str(written)
    found = choices_of(MapText(text), ROWS[0])
    assert {index: found[index].meaning for index in said} == said
    # A map that says of no column what tells projects apart, or takes none, is not whole yet.
    assert refused(text) <= {"map-needs"}


def test_remarks_and_what_no_choice_shows_stay_as_they_are() -> None:
    text = '# mine\ncolumns:\n  Kód: {fills: project.id, none: ["010", n/a]}  # told by phone\n  Jak: project.title\n'
    written = MapText(text)
    choose(written, choices_of(written, ["Kód", "Jak"])[1], LEFT_OUT, [], reason="not now")
    assert "# mine" in str(written)
    assert 'Kód: {fills: project.id, none: ["010", n/a]}' in str(written)
    assert "told by phone" in str(written)
    assert "Jak: not now" in str(written)


@pytest.mark.parametrize("text", ["columns: [", "a: &x 1\nb: *x", "a: !!python/object:x {}"])
def test_what_is_no_map_is_refused(text: str) -> None:
    with pytest.raises(SourceFault) as raised:
        MapText(text)
    assert raised.value.finding.rule.startswith("yaml")
