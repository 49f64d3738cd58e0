"""The fallback by CLDR names and the scheme of countries know the same countries."""

from babel import Locale

from loaders.normalise.countries import country_code
from loaders.schemes import scheme


def test_every_code_is_a_concept_and_every_concept_a_code() -> None:
    keys = {concept.key for concept in scheme("countries").concepts}
    named = {country_code(name) for name in Locale.parse("en").territories.values()} - {None}
    assert named <= keys
    assert all(country_code(key) == key for key in keys)
