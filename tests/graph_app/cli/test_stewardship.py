"""The whole way on the command line, with two people, as they see it."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.journal.deployment import open_journal
from graph_app.settings import Settings
from tests.graph_app.stewardship.conftest import FIRST, course

ROLES = "Jana: steward\nEva: [reviewer]\nOta: [operator]\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    (folder / "first.yaml").write_text(FIRST, encoding="utf-8")
    (folder / "roles.yaml").write_text(ROLES, encoding="utf-8")
    shell = Shell(folder)
    assert shell("Ota", "load", str(folder / "first.yaml"), "--dataset", "first", "--namespace", "first").exit_code == 0
    assert shell("Ota", "build").exit_code == 0
    return folder


class Shell:
    """Runs commands as somebody, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, actor: str, *arguments: str) -> Result:
        environment = {
            "INTGRAPH_HOME": str(self.folder / "home"),
            "INTGRAPH_DATA": str(self.folder / "data"),
            "INTGRAPH_ROLES": str(self.folder / "roles.yaml"),
            "INTGRAPH_SECOND_PAIR": "on",
            "INTGRAPH_ACTOR": actor,
        }
        result = CliRunner().invoke(application, arguments, env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def submit(self, text: str, dataset: str = "course") -> Result:
        path = self.folder / f"{dataset}.yaml"
        path.write_text(text, encoding="utf-8")
        return self("Jana", "submit", str(path), "--dataset", dataset)


@pytest.fixture
def shell(base: Path, tmp_path: Path) -> Shell:
    shutil.copytree(base, tmp_path / "copy", symlinks=True)
    return Shell(tmp_path / "copy")


def test_from_a_file_to_a_release_and_back(shell: Shell) -> None:
    done = shell.submit(course())
    assert done.exit_code == 0, done.stderr
    ident, state = done.stdout.split()
    assert state == "submitted"
    assert "What it changes: added 1 Participation, 1 Project." in done.stderr

    queue = shell("Eva", "review")
    assert ident in queue.stdout
    assert "adds course" in queue.stdout
    one = shell("Eva", "review", ident[:6])
    assert one.exit_code == 0
    assert "Adds Project “Course”: Title “Course (en)”, starts on “2023”." in one.stdout
    assert "advice" in one.stdout

    assert shell("Eva", "approve", ident, "--comment", "Fine").stdout == f"{ident} approved\n"
    published = shell("Jana", "publish", ident)
    assert published.exit_code == 0, published.stderr
    assert "Published course as event 6." in published.stderr
    version = published.stdout.strip()
    assert shell("Jana", "publish", ident).stdout.strip() == version
    assert "Course" in shell("Ida", "describe", "project/course/course").stdout

    told = json.loads(shell("Ida", "history", "project/course/course", "--format", "json").stdout)
    assert [(one["happened"], one["submitted_by"], one["approved_by"], one["actor"]) for one in told] == [
        ("published", "Jana", "Eva", "Jana")
    ]
    assert {(fact["written"], fact["file"], fact["line"]) for fact in told[0]["added"]} == {
        ("Course", "course.yaml", 5),
        ("2023", "course.yaml", 6),
    }
    assert "course.yaml, line 5 (title.en)" in shell("Ida", "history", "project/course/course").stdout

    undone = shell("Eva", "revert", ident, "--reason", "Wrong")
    assert undone.exit_code == 0
    assert undone.stdout.strip() != version
    assert "Wrong" in shell("Eva", "review").stdout


def test_everything_is_told_as_json(shell: Shell) -> None:
    ident = shell.submit(course()).stdout.split()[0]
    (one,) = json.loads(shell("Eva", "review", "-f", "json").stdout)
    assert (one["id"], one["state"], one["steward"], one["replaces"]) == (ident, "submitted", "Jana", False)
    assert [event["type"] for event in one["events"]] == ["received", "validated", "submitted"]
    looked = json.loads(shell("Eva", "review", ident, "-f", "json").stdout)
    assert {change["kind"] for change in looked["changes"]} == {"added"}
    assert {found["severity"] for found in looked["findings"]} == {"warning"}
    assert json.loads(shell("Eva", "approve", ident, "-f", "json").stdout)["state"] == "approved"


def test_violations_end_with_1_and_are_told_at_their_line(shell: Shell) -> None:
    done = shell.submit(course().replace("iom", "nobody"))
    ident = done.stdout.split()[0]
    assert (done.exit_code, done.stdout.split()[1]) == (1, "received")
    assert "course.yaml, line 7 (organisation): violation:" in done.stderr
    assert shell("Eva", "review", ident).exit_code == 1
    refused = shell("Eva", "approve", ident)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "is received; one cannot approve it now" in refused.stderr


def test_a_file_that_nothing_reads_ends_with_1(shell: Shell) -> None:
    path = shell.folder / "notes.docx"
    path.write_bytes(b"notes")
    done = shell("Jana", "submit", str(path))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "notes.docx: violation:" in done.stderr


def test_a_conflict_ends_with_1_and_a_rebase_asks_for_approval_again(shell: Shell) -> None:
    text = FIRST.replace("Club", "Reading Club")
    ident = shell.submit(text, "first").stdout.split()[0]
    shell("Eva", "approve", ident)
    other = shell.folder / "other.yaml"
    other.write_text(FIRST.replace("Club", "Chess Club"), encoding="utf-8")
    assert shell("Ota", "load", str(other), "--dataset", "first").exit_code == 0
    stopped = shell("Eva", "publish", ident)
    assert (stopped.exit_code, stopped.stdout) == (1, "")
    assert "The dataset first is now as in event 6, published by Ota" in stopped.stderr
    assert "Moved since it was checked" in shell("Eva", "review", ident).stdout
    again = shell("Jana", "publish", ident, "--rebase")
    assert (again.exit_code, again.stdout) == (0, f"{ident} submitted\n")
    assert shell("Eva", "publish", ident).exit_code == 2
    shell("Eva", "approve", ident)
    assert shell("Eva", "publish", ident).exit_code == 0


@pytest.mark.parametrize(
    ("actor", "arguments"),
    [
        ("Ida", ["submit", "{folder}/first.yaml", "--dataset", "course"]),
        ("Ida", ["review"]),
        ("Jana", ["approve", "{ident}"]),
        ("Jana", ["reject", "{ident}", "--reason", "No"]),
        ("Ota", ["publish", "{ident}"]),
        ("Ida", ["publish", "{ident}", "--rebase"]),
        ("Jana", ["revert", "{ident}", "--reason", "No"]),
        ("Jana", ["load", "{folder}/first.yaml", "--dataset", "first"]),
        ("Eva", ["build"]),
        ("Eva", ["prune"]),
        ("Eva", ["journal", "revert", "1", "--reason", "No"]),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_who_may_not_is_told_so_and_nothing_happens(shell: Shell, actor: str, arguments: list[str]) -> None:
    ident = shell.submit(course()).stdout.split()[0]
    path = open_journal(Settings(home=shell.folder / "home")).path
    before = path.read_bytes()
    result = shell(actor, *(word.format(ident=ident, folder=shell.folder) for word in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{actor} may not" in result.stderr
    assert path.read_bytes() == before


def test_a_second_pair_of_eyes_is_required(shell: Shell) -> None:
    (shell.folder / "roles.yaml").write_text("Jana: [steward, reviewer]\nEva: reviewer\n", encoding="utf-8")
    ident = shell.submit(course()).stdout.split()[0]
    refused = shell("Jana", "approve", ident)
    assert refused.exit_code == 2
    assert "another reviewer has to approve it" in refused.stderr
    assert shell("Eva", "approve", ident).exit_code == 0


def test_an_empty_queue_and_an_unknown_submission_are_said(shell: Shell) -> None:
    assert "Nothing was handed in yet" in shell("Eva", "review").stderr
    unknown = shell("Eva", "review", "0000")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "There is no submission '0000'" in unknown.stderr
    assert "has no history of its own" in shell("Eva", "history", "role:partner").stderr


def test_the_journal_tells_of_submissions_in_words(shell: Shell) -> None:
    ident = shell.submit(course()).stdout.split()[0]
    shown = shell("Ota", "journal", "show").stdout
    assert f"submission {ident}: course.yaml for course" in shown
    assert shell("Ota", "journal", "verify").exit_code == 0


def test_a_table_of_any_shape_refers_to_what_the_graph_has(shell: Shell) -> None:
    table, own = shell.folder / "list.csv", shell.folder / "own.yaml"
    table.write_text(
        "Project,Lead partner,From\nBridges,I.O.M.,2023-01\nRoads,I.O.M.,2023-02\nTotal,,\n", encoding="utf-8"
    )
    refused = shell("Jana", "submit", str(table))
    assert refused.exit_code == 1
    assert "say what its columns are" in refused.stderr
    own.write_text(shell("Jana", "map", "suggest", str(table)).stdout, encoding="utf-8")
    known = shell("Jana", "match", "suggest", str(table), "--map", str(own), "--format", "map").stdout
    assert known == "known:\n  - {organisation: I.O.M., is: organisation/first/iom}\n"
    with own.open("a", encoding="utf-8") as stream:
        stream.write(known)
    summed = shell("Jana", "submit", str(table), "--map", str(own))
    assert summed.exit_code == 1
    assert "list.csv, A4" in summed.stderr
    table.write_text(table.read_text(encoding="utf-8").replace("Total,,\n", ""), encoding="utf-8")
    assert shell("Jana", "validate", str(table), "--map", str(own)).exit_code == 0
    done = shell("Jana", "submit", str(table), "--map", str(own))
    assert done.exit_code == 0, done.stderr
    ident = done.stdout.split()[0]
    looked = json.loads(shell("Eva", "review", ident, "-f", "json").stdout)
    changed = {(change["kind"], change["type"]) for change in looked["changes"]}
    assert ("added", "Organisation") not in changed
    assert ("changed", "Organisation") in changed
    shell("Eva", "approve", ident)
    assert shell("Jana", "publish", ident).exit_code == 0
    told = json.loads(shell("Ida", "history", "organisation/first/iom", "--format", "json").stdout)
    assert told[-1]["taken"] == ["I.O.M."]
    assert {(fact["written"], fact["file"], fact["row"]) for fact in told[-1]["added"]} == {("I.O.M.", "list.csv", 2)}
    assert "Jana took" in " ".join(shell("Ida", "history", "organisation/first/iom").stdout.split())
