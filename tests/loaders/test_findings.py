"""Messages are for reading: long values are cut in them, and numbers stand as each language writes them."""

from loaders.findings import finding


def test_a_long_value_is_cut_in_the_message_and_kept_in_the_finding() -> None:
    found = finding("date-unreadable", value="x" * 70_000)
    assert len(found.value) == 70_000
    assert "x…" in found.text("cs")
    assert max(len(found.text(language)) for language in found.message) < 400


def test_digits_are_grouped_as_each_language_groups_them() -> None:
    found = finding("file-too-large", size=20_000_001, largest=20_000_000)
    assert "20,000,001" in found.text("en")
    assert "20\u00a0000\u00a0001" in found.text("cs")
