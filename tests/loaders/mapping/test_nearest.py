"""The choices that a message names for a word that nobody knows."""

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from loaders.mapping.words import _nearest
from loaders.schemes import scheme

CHOICES = scheme("themes").choices("cs")


@given(st.text("abeiknoprstvyáíě ", max_size=25) | st.sampled_from(CHOICES) | st.text(max_size=10))
def test_the_quick_way_finds_what_comparing_all_finds(word: str) -> None:
    assert _nearest(word, CHOICES) == get_close_matches(word, CHOICES, n=3, cutoff=0.0)
