import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import EventType
from graph_app.journal.loads import published_details
from graph_app.questions.engine import Engine
from graph_app.releases.build import BuildError, build
from graph_app.releases.findings import read_findings
from graph_app.releases.intact import sound
from graph_app.releases.release import NoRelease, Release, current_release
from graph_app.settings import Settings
from loaders.datasets import read_datasets
from tests.graph_app.releases.conftest import Publish

STEPS = ["Reading the ontology", "Loading", "Encoding", "Deriving", "Publishing"]


def folders(settings: Settings) -> set[str]:
    return {path.name for path in (settings.home / "releases").iterdir() if path.is_dir() and not path.is_symlink()}


def test_without_a_build_there_is_no_release(settings: Settings) -> None:
    with pytest.raises(NoRelease, match="Run `intgraph build`"):
        current_release(settings)


def test_a_build_gives_a_release_that_describes_itself(settings: Settings, records: Path, publish: Publish) -> None:
    steps: list[str] = []
    release = publish(steps.append)
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
    (file,) = dataset.files
    assert (file.name, file.sha256) == (records.name, hashlib.sha256(records.read_bytes()).hexdigest())
    assert release.journal == open_journal(settings).head
    assert set(release.files) == {"derived.nq", "ontology.nq", "small.nq"}
    lines = [line for path in release.content_files for line in path.read_bytes().splitlines(keepends=True)]
    assert len(lines) == len(set(lines)) == release.triples == release.report.added
    for path in release.content_files:
        found = path.read_bytes().splitlines(keepends=True)
        assert found == sorted(found)
        assert len({line.rpartition(b" <")[2] for line in found}) == (2 if path.stem == "small" else 1)
    assert (release.report.kind, release.report.removed) == ("full", 0)
    assert sum(release.report.steps.values()) == pytest.approx(release.report.seconds, abs=0.1)
    assert [start for start in (*STEPS, "Storing") if not any(step.startswith(start) for step in steps)] == []


def test_anyone_can_verify_the_hash(built: Settings) -> None:
    release = current_release(built)
    command = "LC_ALL=C sha256sum *.nq | sha256sum"
    done = subprocess.run(["sh", "-c", command], cwd=release.content, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == release.sha256


def test_nothing_published_gives_no_release(settings: Settings) -> None:
    with pytest.raises(BuildError, match="Run `intgraph load` first"):
        build(settings)
    assert folders(settings) == set()


def test_a_release_holds_data_words_provenance_and_what_follows(settings: Settings, publish: Publish) -> None:
    with Engine(publish(), settings) as engine:
        for question in (
            "?iom a ig:Donor ; skos:prefLabel 'IOM'@en",
            "?consortium a ig:Partnership ; ig:project ?project ; ig:member ?member",
            "?project ig:periodStart '2013-12-01'^^xsd:date",
            "?record ig:layout [ ig:file [ ig:dataset [ dct:title 'Malý zdroj'@cs ] ] ]",
            "role:partner skos:prefLabel ?label",
            "?city skos:prefLabel 'City of\\nAthens'@en",
        ):
            assert engine.ask(f"ASK {{ {question} }}"), question


def test_the_same_journal_gives_the_same_hash_wherever_it_is_built(built: Settings, tmp_path: Path) -> None:
    first = current_release(built)
    elsewhere = replace(built, home=tmp_path / "elsewhere")
    elsewhere.home.mkdir()
    shutil.copy(built.home / "journal.jsonl", elsewhere.home)
    shutil.copytree(built.home / "inbox", elsewhere.home / "inbox")
    second = build(replace(elsewhere, data=tmp_path / "no such folder"))
    assert (second.sha256, second.journal, second.datasets) == (first.sha256, first.journal, first.datasets)
    assert [path.read_bytes() for path in second.content_files] == [path.read_bytes() for path in first.content_files]


def test_a_journal_that_lost_its_last_event_gives_no_release(
    settings: Settings, records: Path, publish: Publish
) -> None:
    publish()
    records.write_text(records.read_text(encoding="utf-8").replace("ACCESS", "ACCESS II"), encoding="utf-8")
    second = publish()
    journal = settings.home / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole.splitlines(keepends=True)[0])
    with pytest.raises(BuildError, match=r"The journal is shorter than it was: .* 2 events, and there are 1"):
        build(settings)
    assert current_release(settings) == second
    journal.write_bytes(whole)
    assert build(settings) == second


def test_a_removed_release_is_made_anew_with_the_same_hash(built: Settings) -> None:
    first = current_release(built)
    shutil.rmtree(built.home / "releases")
    assert build(built).sha256 == first.sha256
    assert current_release(built).version.endswith(first.sha256[:12])


def test_a_full_build_of_unchanged_content_keeps_the_current_release(built: Settings) -> None:
    first = current_release(built)
    steps: list[str] = []
    assert build(built, steps.append, full=True) == first
    assert any(step.startswith("Loading") for step in steps)
    assert folders(built) == {first.version}


@pytest.mark.parametrize("damaged", ["content/small.nq", "store/*.sst", "columns/graph.duckdb"])
def test_a_full_build_notices_bytes_that_were_changed_in_place(damaged: str, built: Settings) -> None:
    first = current_release(built)
    for path in first.path.glob(damaged):
        data = bytearray(path.read_bytes())
        data[len(data) // 3] ^= 1
        path.write_bytes(data)
    second = build(built, full=True)
    assert (second.sha256, second.version) == (first.sha256, f"{first.version}.2")
    assert sound(second)


def test_unchanged_content_keeps_the_current_release(built: Settings) -> None:
    first = current_release(built)
    steps: list[str] = []
    assert build(built, steps.append) == first
    assert steps[-1] == f"Nothing has changed: {first.version} stays the current release"
    assert folders(built) == {first.version}


def test_changed_content_makes_a_new_release_beside_the_old(built: Settings, records: Path, publish: Publish) -> None:
    first = current_release(built)
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace("ACCESS", "ACCESS II"), encoding="utf-8")
    second = publish()
    assert second.sha256 != first.sha256
    assert current_release(built) == second
    assert folders(built) == {first.version, second.version}
    records.write_text(text, encoding="utf-8")
    assert publish() == first
    assert folders(built) == {first.version, second.version}


def test_a_reader_keeps_its_release_while_another_takes_its_place(
    built: Settings, records: Path, publish: Publish
) -> None:
    with Engine(current_release(built), built) as engine:
        records.write_text(records.read_text(encoding="utf-8").replace("ACCESS", "ACCESS II"), encoding="utf-8")
        publish()
        assert engine.ask("ASK { ?project dct:title 'ACCESS'@en }")


def test_violations_refuse_the_build_and_are_all_named(built: Settings, records: Path) -> None:
    first = current_release(built)
    text = records.read_text(encoding="utf-8")
    broken = text.replace("start: 2013-12", "start: 31.2.2014").replace("role: partner", "role: pratner")
    records.write_text(broken, encoding="utf-8")
    # As an older version of the program would have taken it in, which did not know these faults.
    (dataset,) = read_datasets(built.data / "datasets.yaml")
    files = [open_inbox(built).keep(records)]
    details = published_details(dataset, files, folder=False, name=records.name)
    open_journal(built).append(EventType.PUBLISHED, details, event_id="broken", actor="test")
    with pytest.raises(BuildError, match="2 findings block this build") as caught:
        build(built)
    assert {found.value for found in caught.value.findings} == {"31.2.2014", "pratner"}
    assert all(found.location and found.location.line for found in caught.value.findings)
    assert current_release(built) == first
    assert folders(built) == {first.version}


@pytest.mark.parametrize("damage", [None, b"other bytes"])
def test_a_damaged_inbox_refuses_the_build(damage: bytes | None, built: Settings) -> None:
    first = current_release(built)
    (kept,) = (path for path in (built.home / "inbox").iterdir() if not path.name.startswith("."))
    kept.unlink()
    if damage is not None:
        kept.write_bytes(damage)
    with pytest.raises(BuildError, match=f"inbox.*{kept.name}|{kept.name}.*inbox"):
        build(built, full=True)
    assert current_release(built) == first


def test_a_damaged_journal_refuses_the_build(built: Settings) -> None:
    journal = built.home / "journal.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8").replace("Somebody", "Nobody"), encoding="utf-8")
    with pytest.raises(BuildError, match="The journal is damaged"):
        build(built)


def test_another_base_makes_everything_anew(built: Settings) -> None:
    second = build(replace(built, base="https://elsewhere.example/id/"))
    assert second.report.kind == "full"
    assert "https://w3id.org/integration-graph/id/" not in (second.content / "small.nq").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("step", "full"),
    [
        *((step, True) for step in STEPS),
        *(
            (step, False)
            for step in ("Loading", "Patching the columns", "Deriving", "Patching the store", "Publishing")
        ),
    ],
)
def test_a_build_that_is_killed_leaves_the_current_release(
    step: str, full: bool, built: Settings, records: Path
) -> None:
    first = current_release(built)
    records.write_text(records.read_text(encoding="utf-8").replace("ACCESS", "ACCESS II"), encoding="utf-8")
    program = f"""
import os
from pathlib import Path
from graph_app.releases.build import build
from graph_app.journal.intake import take_in_all
from graph_app.settings import Settings
def die(step):
    if step.startswith({step!r}):
        os.kill(os.getpid(), 9)
settings = Settings(home=Path({str(built.home)!r}), data=Path({str(built.data)!r}))
take_in_all(settings)
build(settings, die, full={full})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert current_release(built) == first
    with Engine(first, built) as engine:
        assert engine.ask("ASK { ?project dct:title 'ACCESS'@en }")


def test_two_builds_at_once_are_one_too_many(built: Settings) -> None:
    failures: list[str] = []

    def build_again(step: str) -> None:
        if step.startswith("Deriving"):
            with pytest.raises(BuildError, match="Another build is running") as caught:
                build(built)
            failures.append(str(caught.value))

    build(built, build_again, full=True)
    assert len(failures) == 1


@pytest.mark.parametrize(
    "part",
    [
        "store/CURRENT",
        "store/MANIFEST-*",
        "columns/graph.duckdb",
        "stated/graph.duckdb",
        "findings/small.json",
        "statistics.json",
        "content/small.nq",
    ],
)
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


def test_the_description_is_plain_json(built: Settings) -> None:
    release = current_release(built)
    document = json.loads((release.path / "release.json").read_text(encoding="utf-8"))
    assert set(document) == set(Release.__dataclass_fields__) - {"path"} | {"layout"}
    assert os.access(release.path, os.R_OK)
    assert oct(release.path.stat().st_mode)[-3:] in {"755", "775", "700", "750"}
