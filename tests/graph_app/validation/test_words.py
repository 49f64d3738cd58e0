"""What is said around findings."""

from string import Formatter

import pytest

from graph_app.validation.words import _words, severity_word, word
from loaders.findings import LANGUAGES, Severity


@pytest.mark.parametrize("key", sorted(_words()))
def test_every_text_has_all_languages_and_the_same_values(key: str) -> None:
    texts = _words()[key]
    assert set(texts) == set(LANGUAGES)
    named = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
    assert named[0] == named[1]


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_a_word_in_each_language(severity: Severity) -> None:
    assert len({severity_word(severity, language) for language in LANGUAGES}) == len(LANGUAGES)


def test_another_language_gives_english() -> None:
    assert word("head.rule", "de") == "rule"
