"""The commands work on remote engines as on the embedded one: their own tests, and what is said of engines alone."""

import inspect
import json
from pathlib import Path

import pytest

from graph_app.releases.push import push as push_release
from graph_app.releases.release import NoRelease, read_release
from graph_app.releases.remote import Note, read_note, remote_release
from graph_app.settings import load_settings
from tests.remote.conftest import ROOT, engines_module, load, push

commands = load(ROOT / "tests" / "graph_app" / "cli" / "test_commands.py")
run = commands.run
# Those that ask something of a release; help and wrong usage know no engine.
globals().update(
    {
        name: test
        for name, test in vars(commands).items()
        if name.startswith("test_") and "environment" in inspect.signature(test).parameters
    }
)


def test_the_option_names_the_engine(remote, environment: dict[str, str], tmp_path: Path) -> None:
    told = {name: value for name, value in environment.items() if name != "INTGRAPH_STORE"}
    told["INTGRAPH_HOME"] = str(tmp_path)  # a home without any release: the answer can come from the engine alone
    result = run(told, "--store", remote.query, "query", "partners-of", "-p", "organisation=iom", "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert '"partnerLabel"' in result.stdout
    assert json.loads(result.stdout)["results"]["bindings"]
    assert run(told, "query", "partners-of", "-p", "organisation=iom").exit_code == 2


def test_an_engine_elsewhere_has_no_columns(environment: dict[str, str]) -> None:
    result = run(environment, "query", "partners-of", "-p", "organisation=iom", "--engine", "columns")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Columns do not answer this query: a remote engine holds the graph" in " ".join(result.stderr.split())


def test_an_option_that_is_no_address_is_said(environment: dict[str, str]) -> None:
    result = run(environment, "--store", "ftp://nowhere", "query", "partners-of")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--store must be an http or https address, not 'ftp://nowhere'" in result.stderr


def test_an_engine_that_is_down_is_said_with_its_address(environment: dict[str, str]) -> None:
    address = f"http://127.0.0.1:{engines_module.free_port()}/sparql"
    result = run(environment, "--store", address, "query", "partners-of")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"The engine at {address} cannot be reached" in result.stderr


def test_an_address_to_write_to_is_asked_for(remote, environment: dict[str, str]) -> None:
    told = {name: "" if name.startswith("INTGRAPH_STORE") else value for name, value in environment.items()}
    result = run(told, "--store", remote.query, "build")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Set INTGRAPH_STORE_GRAPHS" in result.stderr


def test_a_push_that_broke_off_is_noticed_and_completed(
    environment: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph_app.releases import push as pushing

    settings = load_settings(environment)
    before = read_note(settings)
    assert before.complete
    name = next(iter(sorted(before.files)))
    release = read_release(home / "releases" / remote_release(settings).version)

    def note(_: object) -> Note:  # as if the first file had changed since the last push
        return Note(complete=True, files={key: file for key, file in before.files.items() if key != name})

    def fall_over(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(pushing, "read_note", note)
        broken.setattr(pushing, "write_canonical", fall_over)
        with pytest.raises(KeyboardInterrupt):
            push_release(release, settings)
    with pytest.raises(NoRelease, match="a push broke off"):
        remote_release(settings)
    assert run(environment, "query", "partners-of", "-p", "organisation=iom").exit_code == 2
    said: list[str] = []
    push_release(release, settings, said.append)
    assert [line for line in said if line.startswith("Sending ")] == [
        f"Sending {name} to the engine at {settings.store}",
        "Sending the union of all graphs",
    ]
    assert remote_release(settings).sha256 == release.sha256
    assert read_note(settings) == before


def test_what_is_held_already_is_not_sent_again(remote, home: Path) -> None:
    assert push(remote, home, ROOT / "data") == remote_release(load_settings(remote.settings)).version


def test_the_password_shows_nowhere(environment: dict[str, str]) -> None:
    settings = load_settings(environment)
    assert engines_module.PASSWORD not in repr(settings)
    wrong = environment | {"INTGRAPH_STORE_PASSWORD": "never-shown", "INTGRAPH_STORE_USER": "nobody"}
    wrong["INTGRAPH_STORE"] = environment.get("INTGRAPH_STORE_UPDATE", "")
    result = run(wrong, "--verbose", "query", "partners-of", "-p", "organisation=iom")
    assert result.exit_code == 2
    assert "never-shown" not in result.stdout + result.stderr


def test_findings_are_those_of_the_embedded_engine(environment: dict[str, str]) -> None:
    embedded = {name: "" if name.startswith("INTGRAPH_STORE") else value for name, value in environment.items()}
    here, there = (json.loads(run(told, "validate", "--format", "json").stdout) for told in (embedded, environment))
    assert len(here) > 100
    assert there == here
