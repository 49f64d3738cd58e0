import pytest
from streamlit.testing.v1 import AppTest

from graph_app.components.links import Reference, fallback_label
from loaders.vocabulary import IG


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        ("https://w3id.org/integration-graph/ontology#startDate", "startDate"),
        ("https://w3id.org/integration-graph/id/grant/curated/access", "curated/access"),
        ("http://example.org/%C4%8Cesko", "Česko"),
        ("urn:x", "x"),
    ],
)
def test_an_unnamed_entity_is_called_after_its_iri(iri: str, label: str) -> None:
    assert fallback_label(iri) == label


@pytest.mark.parametrize(
    ("type_", "page"),
    [
        (IG.Organisation, "organisation"),
        (IG.Project, "project"),
        (IG.TargetGroup, "target-group"),
        (IG.Grant, "entity"),
    ],
)
def test_each_kind_has_its_page(type_: str, page: str) -> None:
    assert Reference("urn:x", "X", str(type_)).page == page


def test_an_address_elsewhere_is_a_link_only_for_the_web() -> None:
    def script() -> None:
        from graph_app.components.links import outside

        outside("https://example.org/a b>(c)")
        outside("javascript:alert(1)")

    web, other = AppTest.from_function(script).run().markdown
    assert web.value.endswith("](<https://example.org/a%20b%3E(c)>)")
    assert other.value == r"javascript\:alert\(1\)"
