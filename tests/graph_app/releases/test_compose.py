import hashlib
from pathlib import Path

import pytest

from graph_app.columns.declined import ColumnsError
from graph_app.questions.engine import Engine
from graph_app.releases.compose import compose
from graph_app.releases.release import current_release
from graph_app.settings import Settings

IG = "https://w3id.org/integration-graph/ontology#"
LINES = [
    f"<urn:grant> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{IG}Grant> <urn:data> .\n",
    f"<urn:grant> <{IG}donor> <urn:donor> <urn:data> .\n",
]


def test_a_release_can_be_put_together_of_text(tmp_path: Path) -> None:
    path = tmp_path / "many.nq"
    path.write_text("".join(LINES * 2), encoding="utf-8")
    settings = Settings(home=tmp_path / "home", workers=1)
    release = compose([path], settings)
    assert current_release(settings) == release
    assert release.files["many.nq"] == hashlib.sha256("".join(sorted(LINES)).encode()).hexdigest()
    with Engine(release, settings) as engine:
        assert engine.ask("ASK { <urn:donor> a ig:Donor . role:partner skos:prefLabel ?label }")


def test_text_that_is_no_graph_gives_no_release(tmp_path: Path) -> None:
    path = tmp_path / "many.nq"
    path.write_text("<urn:s> <urn:p> <urn:o o> <urn:g> .\n", encoding="utf-8")
    with pytest.raises(ColumnsError, match=r"many\.nq, line 1"):
        compose([path], Settings(home=tmp_path / "home"))
    assert not (tmp_path / "home" / "releases" / "current").exists()
