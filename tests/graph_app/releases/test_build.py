import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph_app.questions.engine import Engine
from graph_app.releases.build import BuildError, build
from graph_app.releases.findings import read_findings
from graph_app.releases.release import NoRelease, Release, current_release
from graph_app.settings import Settings

STEPS = ["Reading the ontology", "Loading", "Storing", "Deriving", "Publishing"]


def folders(settings: Settings) -> set[str]:
    return {path.name for path in (settings.home / "releases").iterdir() if path.is_dir() and not path.is_symlink()}


def test_without_a_build_there_is_no_release(settings: Settings) -> None:
    with pytest.raises(NoRelease, match="Run `intgraph build`"):
        current_release(settings)


def test_a_build_gives_a_release_that_describes_itself(settings: Settings, records: Path) -> None:
    steps: list[str] = []
    release = build(settings, steps.append)
    assert current_release(settings) == release
    assert release.path == (settings.home / "releases" / release.version).resolve()
    assert release.version == f"{release.created:%Y-%m-%d}-{release.sha256[:12]}"
    assert datetime.now(UTC) - release.created < timedelta(minutes=2)
    assert {
        name: release.entities[name] for name in ("Organisation", "Project", "Participation", "Grant", "Amount")
    } == {
        "Organisation": 2,
        "Project": 1,
        "Participation": 2,
        "Grant": 1,
        "Amount": 1,
    }
    assert release.findings == {"violation": 0, "warning": 0, "info": 0}
    assert read_findings(release) == ()
    (dataset,) = release.datasets
    assert (dataset.key, dataset.title["cs"], dataset.publisher) == ("small", "Malý zdroj", "Somebody")
    assert dataset.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset.sha256 == hashlib.sha256(records.read_bytes()).hexdigest()
    content = release.content.read_bytes()
    assert hashlib.sha256(content).hexdigest() == release.sha256
    assert content.splitlines(keepends=True) == sorted(set(content.splitlines(keepends=True)))
    assert len(content.splitlines()) == release.triples
    assert [next((step for step in steps if step.startswith(start)), None) is not None for start in STEPS] == [True] * 5


def test_a_release_holds_data_words_provenance_and_what_follows(settings: Settings) -> None:
    with Engine(build(settings), settings) as engine:
        for question in (
            "?iom a ig:Donor ; skos:prefLabel 'IOM'@en",
            "?consortium a ig:Partnership ; ig:project ?project ; ig:member ?member",
            "?project ig:periodStart '2013-12-01'^^xsd:date",
            "?record a ig:SourceRecord ; ig:dataset [ dct:title 'Malý zdroj'@cs ]",
            "role:partner skos:prefLabel ?label",
            "?city skos:prefLabel 'City of\\nAthens'@en",
        ):
            assert engine.ask(f"ASK {{ {question} }}"), question


def test_the_same_content_has_the_same_hash_wherever_it_is_built(built: Settings, tmp_path: Path) -> None:
    first = current_release(built)
    second = build(replace(built, home=tmp_path / "elsewhere"))
    assert second.sha256 == first.sha256
    assert second.content.read_bytes() == first.content.read_bytes()


def test_unchanged_content_keeps_the_current_release(built: Settings) -> None:
    first = current_release(built)
    steps: list[str] = []
    assert build(built, steps.append) == first
    assert steps[-1] == f"Nothing has changed: {first.version} stays the current release"
    assert folders(built) == {first.version}


def test_changed_content_makes_a_new_release_beside_the_old(built: Settings, records: Path) -> None:
    first = current_release(built)
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace("ACCESS", "ACCESS II"), encoding="utf-8")
    second = build(built)
    assert second.sha256 != first.sha256
    assert current_release(built) == second
    assert folders(built) == {first.version, second.version}
    records.write_text(text, encoding="utf-8")
    assert build(built).version == first.version
    assert folders(built) == {first.version, second.version}


def test_a_reader_keeps_its_release_while_another_takes_its_place(settings: Settings, records: Path) -> None:
    with Engine(build(settings), settings) as engine:
        records.write_text(records.read_text(encoding="utf-8").replace("ACCESS", "ACCESS II"), encoding="utf-8")
        build(settings)
        assert engine.ask("ASK { ?project dct:title 'ACCESS'@en }")


def test_violations_refuse_the_build_and_are_all_named(built: Settings, records: Path) -> None:
    first = current_release(built)
    text = records.read_text(encoding="utf-8")
    broken = text.replace("start: 2013-12", "start: 31.2.2014").replace("role: partner", "role: pratner")
    records.write_text(broken, encoding="utf-8")
    with pytest.raises(BuildError, match="2 findings block this build") as caught:
        build(built)
    assert {found.value for found in caught.value.findings} == {"31.2.2014", "pratner"}
    assert all(found.location and found.location.line for found in caught.value.findings)
    assert current_release(built) == first
    assert folders(built) == {first.version}


@pytest.mark.parametrize("missing", ["datasets.yaml", "small.yaml"])
def test_a_missing_file_refuses_the_build(missing: str, built: Settings) -> None:
    first = current_release(built)
    (built.data / missing).unlink()
    with pytest.raises(BuildError, match=missing):
        build(built)
    assert current_release(built) == first


@pytest.mark.parametrize("step", STEPS)
def test_a_build_that_is_killed_leaves_the_current_release(step: str, built: Settings, records: Path) -> None:
    first = current_release(built)
    records.write_text(records.read_text(encoding="utf-8").replace("ACCESS", "ACCESS II"), encoding="utf-8")
    program = f"""
import os
from pathlib import Path
from graph_app.releases.build import build
from graph_app.settings import Settings
def die(step):
    if step.startswith({step!r}):
        os.kill(os.getpid(), 9)
build(Settings(home=Path({str(built.home)!r}), data=Path({str(built.data)!r})), die)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert current_release(built) == first
    with Engine(first, built) as engine:
        assert engine.ask("ASK { ?project dct:title 'ACCESS'@en }")


def test_two_builds_at_once_are_one_too_many(settings: Settings) -> None:
    failures: list[str] = []

    def build_again(step: str) -> None:
        if step.startswith("Storing"):
            with pytest.raises(BuildError, match="Another build is running") as caught:
                build(settings)
            failures.append(str(caught.value))

    build(settings, build_again)
    assert len(failures) == 1


@pytest.mark.parametrize("part", ["store/CURRENT", "store/MANIFEST-*", "findings.json", "content.nq"])
def test_a_damaged_release_is_made_anew_beside_it(part: str, built: Settings) -> None:
    first = current_release(built)
    for path in first.path.glob(part):
        path.write_bytes(b"no such thing")
    second = build(built)
    assert (second.sha256, second.version) == (first.sha256, f"{first.version}.2")
    with Engine(second, built) as engine:
        assert engine.ask("ASK { ?project a ig:Project }")
    (second.path / "release.json").write_text("{", encoding="utf-8")
    with pytest.raises(NoRelease, match="cannot be read"):
        current_release(built)
    assert build(built).version == f"{first.version}.3"


def test_a_release_of_another_layout_is_not_read_but_made_anew(built: Settings) -> None:
    first = current_release(built)
    description = first.path / "release.json"
    document = json.loads(description.read_text(encoding="utf-8"))
    description.write_text(json.dumps(document | {"layout": 0}), encoding="utf-8")
    with pytest.raises(NoRelease, match="another version of this program"):
        current_release(built)
    assert build(built).sha256 == first.sha256


def test_the_description_is_plain_json(settings: Settings) -> None:
    release = build(settings)
    document = json.loads((release.path / "release.json").read_text(encoding="utf-8"))
    assert set(document) == set(Release.__dataclass_fields__) - {"path"} | {"layout"}
    assert os.access(release.path, os.R_OK)
    assert oct(release.path.stat().st_mode)[-3:] in {"755", "775", "700", "750"}
