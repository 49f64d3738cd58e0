"""Suggestions stand beside the project, with their words, their place and how far they can be relied on."""

import pytest

from loaders.datasets import NO_TERMS, Dataset
from loaders.findings import Finding
from loaders.mapping.entities import Mapper
from loaders.mapping.values import Names
from loaders.records import Cell, Record, SourceRef
from loaders.terms import with_term_matches
from loaders.vocabulary import BASE

DATASET = Dataset("portfolio", {"en": "Portfolio"}, "iati", "iati")
PLACE = SourceRef("portfolio", "activities.xml", "0" * 64, line=10)


def project(key: str = "p1", **fields: tuple[Cell, ...]) -> Record:
    return Record("project", (key,), PLACE, fields)


def title(text: str, language: str = "en") -> tuple[Cell, ...]:
    return (Cell(text, "title/narrative", 11, language),)


def description(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, "description/narrative", 12 + number, "en") for number, text in enumerate(texts))


def matches(*items: Record | Finding) -> list[Record]:
    return [
        item for item in with_term_matches(items, DATASET) if isinstance(item, Record) and item.kind == "term_match"
    ]


def told(match: Record) -> dict[str, list[str]]:
    return {name: [cell.text for cell in cells] for name, cells in match.fields.items()}


def test_a_match_says_which_words_where_and_by_what_method() -> None:
    (match,) = matches(project(title=title("Cours pour RÉFUGIÉS", "fr")))
    assert match.key == ("p1", "refugees", "portfolio")
    assert match.source == PLACE
    assert told(match) == {
        "project": ["p1"],
        "target_group": ["refugees"],
        "matched": ["RÉFUGIÉS"],
        "matched_in": ["title, fr"],
        "confidence": ["0.9"],
        "method": ["term lists 1.0"],
    }
    (words,) = match.fields["matched"]
    assert (words.column, words.line) == ("title/narrative", 11)
    assert match.fields["target_group"][0].source == "RÉFUGIÉS"


@pytest.mark.parametrize(
    ("titles", "texts", "confidence", "words"),
    [
        ("Refugees", (), "0.9", ["Refugees"]),
        ("Refugees", ("Refugees, refugee", "refugees"), "0.95", ["Refugees", "Refugees", "refugee"]),
        ("Help", ("For refugees",), "0.6", ["refugees"]),
        ("Help", ("For refugees", "Refugee"), "0.7", ["refugees", "Refugee"]),
        ("Help", ("Refugee, refugee, refugee, refugee",), "0.8", ["Refugee"]),
    ],
)
def test_confidence_follows_the_stated_rule(
    titles: str, texts: tuple[str, ...], confidence: str, words: list[str]
) -> None:
    (match,) = matches(project(title=title(titles), description=description(*texts)))
    assert told(match)["confidence"] == [confidence]
    assert told(match)["matched"] == words


def test_what_the_source_states_is_not_suggested() -> None:
    text = title("Language courses for refugees")
    stated = (Cell("roma", "F"),)
    assert [told(match) for match in matches(project(title=text, target_group=stated, theme=stated))] == []
    (theme,) = matches(project(title=text, target_group=stated))
    assert told(theme)["theme"] == ["language"]
    (group,) = matches(project(title=text, theme=stated))
    assert told(group)["target_group"] == ["refugees"]


def test_items_stay_in_order_and_a_project_told_twice_is_searched_once() -> None:
    items = [project(title=title("Refugees")), project("p2", title=title("Roads")), project(title=title("Women"))]
    made = list(with_term_matches(items, DATASET))
    assert [(item.kind, item.key) for item in made if isinstance(item, Record)] == [
        ("project", ("p1",)),
        ("term_match", ("p1", "refugees", "portfolio")),
        ("project", ("p2",)),
        ("project", ("p1",)),
    ]


def test_texts_in_other_languages_and_other_kinds_of_record_suggest_nothing() -> None:
    assert matches(project(title=title("Refugees", "zh"))) == []
    assert matches(Record("programme", ("p",), PLACE, {"description": title("Refugees")})) == []


def test_a_match_is_mapped_without_findings_and_never_as_what_the_source_states() -> None:
    (match,) = matches(project(title=title("Refugees")))
    lines = list(Mapper(Names("iati", BASE)).lines(match))
    assert not [line for line in lines if isinstance(line, Finding)]
    text = "".join(map(str, lines))
    assert "ontology#suggestedTargetGroup> <https://w3id.org/integration-graph/target-group/refugees>" in text
    assert "ontology#targetGroup>" not in text


def test_the_switch_is_a_word_of_the_dataset() -> None:
    assert NO_TERMS == "off"
