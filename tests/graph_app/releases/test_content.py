import pytest

from graph_app.releases.content import read_graph
from graph_app.releases.release import NoRelease, current_release
from graph_app.settings import Settings
from loaders.mapping.quads import derived_graph, ontology_graph
from loaders.vocabulary import IG, SKOS


def test_the_content_is_one_graph(built: Settings) -> None:
    release = current_release(built)
    graph = read_graph(release)
    texts = [path.read_text(encoding="utf-8") for path in release.content_files]
    lines = [line for text in texts for line in text.split("\n")[:-1]]
    assert len(graph) == len({line.rpartition(" <")[0] for line in lines})
    assert {str(label) for label in graph.objects(None, SKOS.prefLabel)} >= {"City of\nAthens", "Partner"}


def test_graphs_can_be_left_out(built: Settings) -> None:
    left_out = frozenset({str(ontology_graph()), str(derived_graph())})
    graph = read_graph(current_release(built), leave_out=left_out)
    assert set(graph.subjects(SKOS.prefLabel)) == set(graph.subjects(IG.organisationType)) | set(
        graph.objects(None, IG.organisation)
    )
    assert (None, IG.periodStart, None) not in graph


@pytest.mark.parametrize("damage", [b"no such thing", b"\xe9", None], ids=["broken", "binary", "missing"])
def test_content_that_cannot_be_read_is_said(damage: bytes | None, built: Settings) -> None:
    release = current_release(built)
    path = release.content / "small.nq"
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(NoRelease, match=r"cannot be read .* Run `intgraph build` again"):
        read_graph(release)
