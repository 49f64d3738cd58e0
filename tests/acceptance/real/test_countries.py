"""Names of countries in the reference tables lead to their codes; what does not is listed, with the reason."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale

from loaders.normalise.countries import country_code
from loaders.schemes import scheme

REFERENCE = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "reference"
#: Where the EU authority table departs from ISO 3166 alpha-3.
AUTHORITY = {"ATF": "FQ0"}
#: Columns of the table of names: what the United Nations and CLDR call countries.
NAMES = [
    *(f"official_name_{language}" for language in ("ar", "cn", "en", "es", "fr", "ru")),
    *(
        f"UNTERM {language} {form}"
        for language in ("Arabic", "Chinese", "English", "French", "Russian", "Spanish")
        for form in ("Short", "Formal")
    ),
    "CLDR display name",
]
CODES = ["ISO3166-1-Alpha-2", "ISO3166-1-Alpha-3"]
#: Countries of which names are not read, with those names and the reason.
NOT_READ = {
    "COG": "two countries are called Congo, and the United Nations give the bare name to one of them",
    "UMI": "the EU authority table has no such territory",
}
BARE = {"Congo", "Kongo", "Congo (the)", "Congo (le)", "Congo (el)", "Конго", "الكونغو", "刚果"}
LANGUAGES = ("bg", "cs", "da", "de", "el", "en", "es", "fr", "hu", "it", "nl", "pl", "pt", "ro", "ru", "sk", "sv", "uk")

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference tables are not here")


def table() -> Iterator[dict[str, str]]:
    with (REFERENCE / "country-codes" / "country-codes.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def found(text: str) -> str | None:
    concept = scheme("countries").find(text)
    return concept.rsplit("/", 1)[1] if concept is not None else None


def expected(alpha3: str) -> str:
    return AUTHORITY.get(alpha3, alpha3)


@pytest.mark.parametrize("column", [*NAMES, *CODES])
def test_every_name_and_code_of_the_united_nations_is_known(column: str) -> None:
    pairs = [(row["ISO3166-1-Alpha-3"], " ".join(row[column].split())) for row in table() if row[column].strip()]
    assert len(pairs) > 190
    wrong = {(name, found(name)) for alpha3, name in pairs if found(name) != expected(alpha3)}
    left = {(name, None) for alpha3, name in pairs if alpha3 == "UMI" or name in BARE}
    assert wrong == left
    assert {alpha3 for alpha3, name in pairs if (name, None) in left} <= set(NOT_READ)


def test_no_name_that_is_not_read_is_read_as_another_country() -> None:
    assert [name for name in BARE if found(name) is not None] == []


def test_every_name_and_code_of_pycountry_is_known() -> None:
    path = REFERENCE / "pycountry" / "pycountry" / "databases" / "iso3166-1.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["3166-1"]
    fields = ("alpha_2", "alpha_3", "name", "official_name", "common_name")
    pairs = [(entry["alpha_3"], entry[field]) for entry in entries for field in fields if field in entry]
    wrong = [(name, found(name)) for alpha3, name in pairs if found(name) != expected(alpha3)]
    assert {name for name, _ in wrong} == {"Congo", "UM", "UMI", "United States Minor Outlying Islands"}
    assert {code for _, code in wrong} == {None}


def test_states_that_ended_have_their_own_code_and_changed_names_lead_to_today_s() -> None:
    path = REFERENCE / "pycountry" / "pycountry" / "databases" / "iso3166-3.json"
    withdrawn = {entry["alpha_3"]: entry["name"] for entry in json.loads(path.read_text(encoding="utf-8"))["3166-3"]}
    ended = {"ANT", "CSK", "DDR", "SCG", "SUN", "YMD", "YUG"}
    assert {code: found(code) for code in ended} == {code: code for code in ended}
    assert ended <= set(withdrawn)
    changed = {
        "Zaire, Republic of": "COD",
        "Burma, Socialist Republic of the Union of": "MMR",
        "Dahomey": "BEN",
        "East Timor": "TLS",
        "New Hebrides": "VUT",
        "Southern Rhodesia": "ZWE",
        "Upper Volta, Republic of": "BFA",
    }
    assert set(changed) <= set(withdrawn.values())
    assert {name: found(name) for name in changed} == changed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_cldr_is_known(language: str) -> None:
    territories = Locale.parse(language).territories
    known = {row["ISO3166-1-Alpha-2"]: expected(row["ISO3166-1-Alpha-3"]) for row in table()} | {"XK": "1A0"}
    pairs = [(code, name) for code, name in territories.items() if code in known and known[code] != "UMI"]
    assert len(pairs) == 249
    assert [(code, name) for code, name in pairs if found(name) != known[code] and name not in BARE] == []


def test_what_lists_of_regions_name_is_no_country() -> None:
    regions = {
        row[column] for row in table() for column in ("Region Name", "Sub-region Name", "Intermediate Region Name")
    }
    assert len(regions) > 20
    # The Federated States are called Micronesia too, and a column of countries means them.
    assert {name: country_code(name) for name in regions if country_code(name) is not None} == {"Micronesia": "FSM"}


def test_the_scheme_has_every_territory_of_the_authority_table() -> None:
    path = REFERENCE / "eu-publications-office" / "country.json"
    bindings = json.loads(path.read_text(encoding="utf-8"))["results"]["bindings"]
    keys = {binding["conceptURI"]["value"].rsplit("/", 1)[1] for binding in bindings}
    assert len(keys) == 250
    assert {key for key in keys if found(key) != key} == set()
