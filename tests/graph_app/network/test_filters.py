"""Filters come back from addresses and from JSON, and say what is wrong with those that do not."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.network.filters import FilterError, Filters
from graph_app.questions.catalogue import view
from loaders.schemes import scheme
from loaders.vocabulary import BASE

_ENTITIES = st.from_regex(r"[a-z]{2,8}/[a-z0-9-]{1,12}", fullmatch=True)
_DAYS = st.from_regex(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?", fullmatch=True)


def concepts(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    known = [str(concept.iri) for concept in scheme(name).concepts]
    return st.lists(st.sampled_from(known), max_size=3, unique=True).map(tuple)


def entities(kind: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(_ENTITIES.map(lambda path: f"{BASE}{kind}/{path}"), max_size=3, unique=True).map(tuple)


FILTERS = st.builds(
    Filters,
    as_of=st.just("") | _DAYS,
    start=st.just("") | _DAYS,
    country=concepts("countries"),
    place=st.sampled_from(["activity", "seat"]),
    donor=entities("organisation"),
    programme=entities("programme"),
    target_group=concepts("target-groups"),
    theme=concepts("themes"),
    role=concepts("roles"),
    exclude_roles=concepts("roles"),
    organisation_type=concepts("organisation-types"),
    organisation=entities("organisation"),
    minimum=st.integers(0, 50).map(float),
    weight=st.sampled_from(["count", "newman", "money"]),
    currency=st.sampled_from(["", "EUR", "CZK"]),
)


@given(filters=FILTERS)
def test_filters_come_back(filters: Filters) -> None:
    assert Filters.from_query(filters.to_query()) == filters
    assert Filters.from_json(filters.to_json()) == filters


@given(filters=FILTERS)
def test_every_value_has_a_parameter(filters: Filters) -> None:
    assert filters.parameters().keys() <= {parameter.name for parameter in view("memberships").params}


def test_what_is_usual_is_not_in_an_address() -> None:
    assert Filters().to_query() == {}
    assert Filters(exclude_roles=()).to_query() == {"exclude-roles": ["none"]}
    czechia = Filters.from_query({"country": ["Czechia"], "page": ["2"], "as-of": [""]})
    assert czechia.to_query() == {"country": ["CZE"]}


@pytest.mark.parametrize(
    ("filters", "period"),
    [
        ({"start": "2014"}, ("2014-01-01", "")),
        ({"end": "2014"}, ("", "2014-12-31")),
        ({"end": "2024-02"}, ("", "2024-02-29")),
        ({"as_of": "2014-05", "start": "2020"}, ("2014-05-01", "2014-05-31")),
        ({"start": "2014-05-06", "end": "2014-05-06"}, ("2014-05-06", "2014-05-06")),
    ],
)
def test_years_and_months_stand_for_their_days(filters: Mapping[str, str], period: tuple[str, str]) -> None:
    assert Filters.from_json(filters).period == period


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"as-of": ["next year"]}, "as-of is a year, a month or a day"),
        ({"start": ["2023-02-30"]}, "no day of the calendar"),
        ({"start": ["2024"], "end": ["2023"]}, "start is after end"),
        ({"country": ["Narnia"]}, "country needs a country"),
        ({"place": ["sea"]}, "place is one of activity, seat"),
        ({"weight": ["gold"]}, "weight is one of"),
        ({"minimum": ["many"]}, "minimum is a number"),
        ({"minimum": ["nan"]}, "minimum is a number"),
        ({"minimum": ["-1"]}, "minimum is a number"),
        ({"currency": ["euro"]}, "currency is a code"),
        ({"organisation": ["a b<c>"]}, "organisation needs an IRI"),
    ],
)
def test_what_does_not_fit_is_said(query: Mapping[str, list[str]], said: str) -> None:
    with pytest.raises(FilterError, match=said):
        Filters.from_query(query)


@pytest.mark.parametrize("values", [{"planet": "Mars"}, {"country": "CZE"}, {"start": 2014}, {"country": [1]}])
def test_json_of_others_is_refused(values: Mapping[str, object]) -> None:
    with pytest.raises(FilterError):
        Filters.from_json(values)
