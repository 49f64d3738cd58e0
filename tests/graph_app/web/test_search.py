"""``/search.json`` on the curated release."""

import httpx
import pytest

ORGANISATION = "https://w3id.org/integration-graph/ontology#Organisation"


def test_a_search_names_what_it_finds_and_counts_facets(client: httpx.Client) -> None:
    answer = client.get("/search.json", params={"q": "iom praque", "limit": 1})
    assert answer.status_code == 200
    found = answer.json()
    assert found["hits"][0] | {"snippet": ""} == {
        "iri": "https://w3id.org/integration-graph/id/organisation/curated/iom-prague",
        "name": "IOM Prague",
        "type": ORGANISATION,
        "snippet": "",
    }
    assert "prague" in found["takenFor"]["praque"]
    assert {"value": ORGANISATION, "count": 1}.keys() == found["facets"]["type"][0].keys()
    assert answer.headers["integration-graph-release"]
    again = client.get(
        "/search.json", params={"q": "iom praque", "limit": 1}, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


def test_facets_narrow_by_short_names(client: httpx.Client) -> None:
    everything = client.get("/search.json", params={"q": "integration"}).json()
    narrowed = client.get(
        "/search.json", params={"q": "integration", "type": "ig:Project", "country": "country:CZE"}
    ).json()
    assert 0 < narrowed["total"] < everything["total"]
    assert {hit["type"] for hit in narrowed["hits"]} == {"https://w3id.org/integration-graph/ontology#Project"}


@pytest.mark.parametrize(
    "params",
    [{"q": "x" * 201}, {"q": "a", "limit": "101"}, {"q": "a", "first": "-1"}, {"q": "a", "lang": "xx"},
     {"q": "a", "country": "> <"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(client: httpx.Client, params: dict[str, str]) -> None:
    answer = client.get("/search.json", params=params)
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad-search"
