import pytest

from graph_app.components.links import Reference
from graph_app.views.entry_names import name_in_entries
from loaders.vocabulary import IG, PROV, SKOS

BASE = "https://w3id.org/integration-graph/id/"


@pytest.mark.parametrize(
    ("iri", "type_", "written"),
    [
        (BASE + "organisation/curated/iom", IG.Organisation, "organisation/curated/iom"),
        ("http://publications.europa.eu/resource/authority/country/CZE", IG.Country, "CZE"),
        ("https://w3id.org/integration-graph/role/partner", SKOS.Concept, "partner"),
        (BASE + "record/curated/x", PROV.Entity, ""),
        ("https://example.org/organisation/x", IG.Organisation, ""),
    ],
)
def test_an_entity_is_named_in_entries_as_they_can_refer_to_it(iri: str, type_: str, written: str) -> None:
    assert name_in_entries(Reference(iri, "X", str(type_)), BASE) == written
