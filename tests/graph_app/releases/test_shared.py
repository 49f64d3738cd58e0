"""Two takers get the same texts, and neither waits for one that has stopped."""

from collections.abc import Iterator

import pytest

from graph_app.releases.shared import shared

TEXTS = [f"line {number}, čtvrtá\n" for number in range(50)]


def test_both_takers_get_all_texts_in_order() -> None:
    taken: list[bytes] = []
    with shared(TEXTS, taken.extend) as texts:
        assert list(texts) == TEXTS
    assert taken == [text.encode() for text in TEXTS]


def test_the_texts_go_on_where_the_second_taker_stops_and_its_fault_is_told_at_the_end() -> None:
    def stop(texts: Iterator[bytes]) -> None:
        raise ValueError(next(texts).decode())

    seen: list[str] = []
    with pytest.raises(ValueError, match="line 0"), shared(TEXTS, stop) as texts:
        seen.extend(texts)
    assert seen == TEXTS


@pytest.mark.parametrize("begun", [0, 1, 20])
def test_the_second_taker_ends_where_the_first_one_fails(begun: int) -> None:
    taken: list[bytes] = []

    def fail() -> None:
        with shared(TEXTS, taken.extend) as texts:
            for _ in range(begun):
                next(texts)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert len(taken) == begun


def test_a_fault_of_the_source_ends_both() -> None:
    def broken() -> Iterator[str]:
        yield TEXTS[0]
        raise ValueError("no more")

    taken: list[bytes] = []
    with pytest.raises(ValueError, match="no more"), shared(broken(), taken.extend) as texts:
        list(texts)
    assert taken == [TEXTS[0].encode()]
