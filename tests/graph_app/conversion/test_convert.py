"""One file to one shard, without a cluster: it is all of it or nothing, and the same each time."""

import csv
import io
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.conversion import convert as converting
from graph_app.conversion.convert import Task, convert
from graph_app.conversion.report import write_report
from graph_app.journal.fresh import Fresh, keep_fresh
from graph_app.journal.inbox import Inbox
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.vocabulary import BASE
from tests.graph_app.conversion.conftest import listed

RECORDS = "dataset: one\norganisations:\n  - {id: iom, locator: line 1, name: {en: IOM}}\n"
ONE = listed("one", "curated", "one.yaml")
TABLE = listed("table", "template", "projects.csv")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(RECORDS, encoding="utf-8")
    return path


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_task_passes_from_one_process_to_another(file: Path, output: Path) -> None:
    task = pickle.loads(pickle.dumps(Task.of(file, ONE)))  # noqa: S301 - of this very process
    (made,) = write_report([convert(task, output, BASE)], output)
    assert made.fresh.dataset == ONE
    assert made.content is not None
    assert (output / "one.nq").read_bytes().count(b"\n") == made.content.lines > 0
    assert made.records == {"organisation": 1}


def test_a_task_that_is_tried_again_writes_the_same(file: Path, output: Path) -> None:
    first = convert(Task.of(file, ONE), output, BASE)
    written = everything(output)
    assert convert(Task.of(file, ONE), output, BASE) == first
    assert everything(output) == written
    assert set(written) == {
        "one.nq",
        "one.findings.jsonl",
        f"inbox/{first['load']['files'][0]['sha256']}",
        "inbox/.lock",
    }


def test_a_disk_that_is_full_leaves_no_half_of_a_shard(
    file: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, path: Path) -> None:
        path.write_bytes(b"<half of a line")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(converting, "write_canonical", full)
    with pytest.raises(OSError, match="No space"):
        convert(Task.of(file, ONE), output, BASE)
    assert {path.name for path in output.iterdir()} == {"inbox"}


def test_what_is_read_are_the_bytes_that_are_kept(file: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changed_meanwhile(path: Path, dataset: Dataset, inbox: Inbox) -> Fresh:
        kept = keep_fresh(path, dataset, inbox)
        file.write_text(RECORDS.replace("IOM", "Another"), encoding="utf-8")
        return kept

    monkeypatch.setattr(converting, "keep_fresh", changed_meanwhile)
    made = convert(Task.of(file, ONE), output, BASE)
    content = (output / "one.nq").read_text(encoding="utf-8")
    assert '"IOM"' in content
    assert "Another" not in content
    (kept,) = made["load"]["files"]
    assert (output / "inbox" / kept["sha256"]).read_text(encoding="utf-8") == RECORDS
    assert kept["sha256"] in content


def test_a_link_that_leads_out_of_a_folder_is_not_followed(tmp_path: Path, output: Path) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text("id,name (en)\nsecret,Secret\n", encoding="utf-8")
    (folder / "organisations.csv").symlink_to(tmp_path / "secret.csv")
    made = convert(Task.of(folder, listed("entries", "template", "entries")), output, BASE)
    assert (made["content"], made["findings"]) == (None, {"link-out": 1})
    assert all(b"Secret" not in content for content in everything(output).values())


def loaded(path: Path) -> Iterator[str | Finding]:
    try:
        yield from load_lines(path, TABLE)
    except SourceFault as fault:
        yield from fault.findings


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6))
def test_any_table_gives_the_lines_and_findings_that_loading_it_gives(
    rows: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    text = io.StringIO()
    csv.writer(text).writerows([("id", "title (en)", "start"), *rows])
    (folder / "projects.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    made = convert(Task.of(folder / "projects.csv", TABLE), folder, BASE)
    items = list(loaded(folder / "projects.csv"))
    findings = [item for item in items if isinstance(item, Finding)]
    lines = {line for item in items if isinstance(item, str) for line in item.removesuffix("\n").split("\n")}
    told = (folder / "table.findings.jsonl").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert [json.loads(line)["message"] for line in told if line] == [found.message for found in findings]
    if made["content"] is not None:
        assert (folder / "table.nq").read_text(encoding="utf-8") == "".join(f"{line}\n" for line in sorted(lines))
    else:
        assert not (folder / "table.nq").exists()
        assert findings
