"""A form: what is typed becomes cells of the template, is kept as a draft, and comes back with its findings."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from graph_app.settings import Settings
from graph_app.stewardship.draft_check import check_draft
from graph_app.stewardship.drafts import Draft, open_draft
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.form import Form, Spot, sheet_named, values_in_cell
from graph_app.stewardship.form_drafts import FORM, begin_form, form_of, save_form, workbook_of
from graph_app.stewardship.form_findings import at_fields
from loaders.findings import LANGUAGES
from loaders.template.filled import Filled, Part, rows_of
from loaders.template.ids import new_id
from loaders.template.sheets import sheets
from tests.graph_app.stewardship.conftest import JANA

TITLE = Spot("projects", 0, key="title (en)")


@pytest.fixture
def form() -> Form:
    return Form(Filled("en", {"projects": (Part({"id": "bridges", "title (en)": "Bridges"}),)}))


def test_a_participation_refers_to_a_new_organisation_by_the_name_typed(form: Form) -> None:
    form.add("participations")
    spot = Spot("participations", 0, key="organisation")
    form.fill(spot, "Klub Mostů")
    assert form.refer_to_new(spot, "Klub Mostů") == "klub-mostu"
    assert form.filled.of("organisations") == (Part({"id": "klub-mostu", "name (en)": "Klub Mostů"}),)
    assert form.filled.of("participations") == (Part({"project": "bridges", "organisation": "klub-mostu"}),)
    assert form.choices("organisation") == {"klub-mostu": "Klub Mostů"}


def test_one_of_several_words_is_settled_and_the_others_stay(form: Form) -> None:
    form.add("grants")
    spot = Spot("grants", 0, key="recipient")
    form.fill(spot, "IOM; Club")
    assert form.refer(spot, "IOM", "organisation/curated/iom-prague") == "organisation/curated/iom-prague; Club"
    assert form.refer_to_new(spot, "Club") == "organisation/curated/iom-prague; club"


def test_what_is_removed_is_gone_and_typing_that_comes_late_does_not_bring_it_back(form: Form) -> None:
    form.add("grants")
    form.add_further("grants", 0)
    form.fill(Spot("grants", 0, 0, "value"), "1")
    form.fill(Spot("grants", 0, 1, "value"), "2")
    form.remove(Spot("grants", 0, 0))
    assert form.fill(Spot("grants", 0, 0, "value"), "3") == ""
    assert form.further("grants", 0) == [1]
    assert [row["value"] for row in rows_of(form.filled)["grants"]] == ["2"]
    form.remove(Spot("grants", 0))
    assert form.fill(Spot("grants", 0, key="number"), "7") == ""
    assert form.parts("grants") == []
    assert rows_of(form.filled)["grants"] == []


@pytest.mark.parametrize(
    ("typed", "kept", "written"),
    [
        ("1 250 000,50", "1250000.50", "1 250 000,50"),
        ("1250000.50", "1250000.50", None),
        ("0,10", "0.10", "0,10"),
        ("12 345 678 901 234,05", "12345678901234.05", "12 345 678 901 234,05"),
        ("1,250", "1,250", None),  # a thousand or one and a quarter: nobody can tell
        ("about 5", "about 5", None),
    ],
)
def test_a_number_is_kept_exactly(form: Form, typed: str, kept: str, written: str | None) -> None:
    form.add("grants")
    spot = Spot("grants", 0, 0, "value")
    assert form.fill(spot, typed) == form.text(spot) == kept
    assert form.written.get(spot) == written


def test_characters_that_no_file_can_keep_are_left_out(form: Form) -> None:
    assert form.fill(TITLE, " Brid\x07ges\r\nand more ") == "Bridges\nand more"


def test_no_word_makes_a_row_a_comment_that_nobody_reads(form: Form) -> None:
    form.add("participations")
    assert form.fill(Spot("participations", 0, key="project"), "# bridges") == "bridges"
    assert form.fill(Spot("participations", 0, key="source_role"), "# 1") == "# 1"


@pytest.mark.parametrize(
    ("name", "ident"),
    [("Člověk v tísni, o. p. s.", "clovek-v-tisni-o-p-s"), ("Клуб", "organisation"), ("Club", "club-2"), ("# x", "x")],
)
def test_an_id_tells_what_it_stands_for(name: str, ident: str) -> None:
    assert new_id(name, "organisation", {"club"}) == ident


@limits(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.sets(st.text(max_size=20)))
def test_an_id_is_new_short_and_plain(name: str, taken: set[str]) -> None:
    ident = new_id(name, "project", taken)
    assert ident not in taken
    assert ident
    assert len(ident) < 60
    assert set(ident) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@st.composite
def filled_in(draw: st.DrawFn) -> Form:
    """A form after any steps, in any order."""
    form = Form(Filled(draw(st.sampled_from(LANGUAGES)), {"projects": (Part({"id": "p", "title (en)": "P"}),)}))
    for _ in range(draw(st.integers(1, 12))):
        sheet = draw(st.sampled_from(sheets()))
        places = [place for place, _ in form.parts(sheet.key)]
        if not places or draw(st.booleans()):
            form.add(sheet.key)
            places = [place for place, _ in form.parts(sheet.key)]
        place = draw(st.sampled_from(places))
        if sheet.further and draw(st.booleans()):
            form.add_further(sheet.key, place)
        column = draw(st.sampled_from([column for column in sheet.columns if column.field != "id"]))
        further = None
        if column.kind != sheet.kind:
            if not form.further(sheet.key, place):
                continue
            further = draw(st.sampled_from(form.further(sheet.key, place)))
        spot = Spot(sheet.key, place, further, column.key)
        form.fill(spot, draw(st.text(max_size=20) | st.sampled_from(["# x", "=1+1", "1 250,5", "a; b", "'", "NA"])))
        for word in values_in_cell(form.text(spot)) if column.reference and draw(st.booleans()) else ():
            if any(one.kind == column.reference for one in sheets()):
                form.refer_to_new(spot, word)
        if draw(st.integers(0, 9)) == 0:
            form.remove(spot)
    return form


@limits(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form=filled_in())
def test_what_was_filled_in_comes_back_from_the_draft(tmp_path_factory: pytest.TempPathFactory, form: Form) -> None:
    settings = Settings(home=tmp_path_factory.mktemp("home"), data=Path("nowhere"))
    draft = begin_form("Bridges", form.filled.language, JANA, settings)
    save_form(draft, form.filled, JANA, settings)
    assert rows_of(form_of(open_draft(draft.id, JANA, settings))) == rows_of(form.filled)


def begun(settings: Settings, language: str = "en") -> tuple[Draft, Form]:
    draft = begin_form("Bridges", language, JANA, settings)
    return draft, Form(form_of(draft))


def test_a_form_begins_with_a_project_and_is_a_draft(settings: Settings) -> None:
    draft, form = begun(settings, "cs")
    assert (draft.origin, draft.name) == (FORM, "bridges.xlsx")
    assert form.filled == Filled("cs", {"projects": (Part({"id": "bridges", "title (cs)": "Bridges"}),)})
    assert workbook_of(draft).startswith(b"PK")


def test_a_form_without_a_title_is_not_begun(settings: Settings) -> None:
    with pytest.raises(Refused, match="title"):
        begin_form("  ", "en", JANA, settings)


def test_what_another_window_kept_is_not_overwritten(settings: Settings) -> None:
    draft, form = begun(settings)
    form.fill(TITLE, "Here")
    save_form(draft, form.filled, JANA, settings)
    form.fill(TITLE, "There")
    with pytest.raises(Refused, match="another window"):
        save_form(draft, form.filled, JANA, settings)
    assert form_of(open_draft(draft.id, JANA, settings)).of("projects")[0].cells["title (en)"] == "Here"


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_come_back_to_their_fields(settings: Settings, language: str) -> None:
    draft, form = begun(settings, language)
    start = Spot("projects", 0, key="start")
    form.fill(start, "31.2.2024")
    form.add("participations")
    organisation = Spot("participations", 0, key="organisation")
    form.fill(organisation, "organisation/first/club")
    form.add("participations")
    form.remove(Spot("participations", 0))
    unknown = Spot("participations", 1, key="organisation")
    form.fill(unknown, "nobody")
    form.add("grants")
    form.fill(Spot("grants", 0, 0, "value"), "1,250")
    form.add_further("grants", 0)
    form.fill(Spot("grants", 0, 1, "value"), "20")
    form.add("organisations")
    found = at_fields(form.filled, check_draft(save_form(draft, form.filled, JANA, settings), settings).findings)
    blocking = {spot: one.rule for spot, told in found.items() for one in told if one.severity == "violation"}
    assert blocking[start] == "date-impossible"
    assert blocking[unknown] == "ParticipationOrganisation"
    assert blocking[Spot("participations", 1, key="role")] == "ParticipationRole"
    assert blocking[Spot("grants", 0, 0, "value")] == "number-ambiguous"
    assert blocking[Spot("grants", 0, 1, "currency")] == "AmountCurrencyOne"
    assert blocking[Spot("grants", 0, 1, "amount_kind")] == "AmountKind"
    assert blocking[Spot("organisations", 0, key="name (en)")] == "OrganisationNameGiven"
    assert {spot.sheet for spot in blocking} == {"projects", "participations", "grants", "organisations"}
    advised = {spot for spot, told in found.items() for one in told if one.severity == "warning"}
    assert Spot("projects", 0, key="target_group") in advised


def test_every_sheet_is_found_by_its_key() -> None:
    assert [sheet_named(sheet.key) for sheet in sheets()] == list(sheets())
