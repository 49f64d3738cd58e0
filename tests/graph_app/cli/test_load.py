import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.loads import Load, loads_in_force
from graph_app.settings import Settings
from loaders.template.workbook import write_workbook

RECORDS = "dataset: {0}\norganisations:\n  - {{id: {0}, locator: line 1, name: {{en: IOM}}}}\n"
LISTED = """\
- {key: one, title: {en: One}, publisher: P, licence: not stated, format: curated, namespace: c, file: one.yaml}
- {key: two, title: {en: Two}, publisher: P, licence: not stated, format: curated, namespace: c, file: two.yaml}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    data.mkdir()
    (data / "datasets.yaml").write_text(LISTED, encoding="utf-8")
    for key in ("one", "two"):
        (data / f"{key}.yaml").write_text(RECORDS.format(key), encoding="utf-8")
    return Settings(home=tmp_path / "home", data=data)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(RECORDS.format("own"), encoding="utf-8")
    return path


def run(settings: Settings, *arguments: str | Path, actor: str = "Jana") -> Result:
    environment = {"INTGRAPH_HOME": str(settings.home), "INTGRAPH_DATA": str(settings.data), "INTGRAPH_ACTOR": actor}
    result = CliRunner().invoke(application, [str(argument) for argument in arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def in_force(settings: Settings) -> dict[str, Load]:
    return {load.dataset.key: load for load in loads_in_force(open_journal(settings).events())}


def test_everything_that_is_listed_is_taken_in(settings: Settings) -> None:
    result = run(settings, "load")
    assert result.exit_code == 0, result.stderr
    events = open_journal(settings).events()
    assert result.stdout == "".join(f"{event.seq} {event.hash}\n" for event in events)
    assert [(event.actor, event.details["dataset"]["key"]) for event in events] == [("Jana", "one"), ("Jana", "two")]
    assert "Keeping" in result.stderr
    assert "Published one as event 1." in result.stderr
    assert "`intgraph build`" in result.stderr


def test_the_same_again_prints_the_same_and_says_that_nothing_has_changed(settings: Settings) -> None:
    first = run(settings, "load")
    journal = open_journal(settings).path.read_bytes()
    again = run(settings, "load", actor="Petr")
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert again.stderr.count("Nothing has changed") == 2
    assert "intgraph build" not in again.stderr
    assert open_journal(settings).path.read_bytes() == journal


def test_a_listed_dataset_with_violations_is_kept_out_and_the_rest_taken_in(settings: Settings) -> None:
    (settings.data / "one.yaml").write_text("organisations: [{id: x, nahme: y}]", encoding="utf-8")
    result = run(settings, "load")
    assert result.exit_code == 1
    assert re.match(r"1 [0-9a-f]{64}\n$", result.stdout)
    assert "one.yaml, line 1" in result.stderr
    assert "Nothing of it was taken in" in result.stderr
    assert set(in_force(settings)) == {"two"}


def test_what_is_no_longer_listed_is_named_with_the_way_out(settings: Settings) -> None:
    run(settings, "load")
    (settings.data / "datasets.yaml").write_text(LISTED.splitlines(keepends=True)[0], encoding="utf-8")
    result = run(settings, "load")
    assert "two is no longer listed and stays in the graph; `intgraph journal revert 2`" in result.stderr
    assert set(in_force(settings)) == {"one", "two"}


def test_a_file_of_ones_own_is_described_by_options(settings: Settings, file: Path) -> None:
    options = ["--title", "Own", "--publisher", "Us", "--licence", "CC0", "--language", "cs", "--namespace", "ours"]
    result = run(settings, "load", file, "--source", "curated", "--dataset", "own", *options)
    assert result.exit_code == 0, result.stderr
    dataset = in_force(settings)["own"].dataset
    assert (dataset.title, dataset.publisher, dataset.licence) == ({"en": "Own"}, "Us", "CC0")
    assert (dataset.language, dataset.namespace, dataset.format) == ("cs", "ours", "curated")
    assert "not stated" not in result.stderr


def test_what_nobody_states_is_recorded_as_not_stated_and_can_be_stated_later(settings: Settings, file: Path) -> None:
    result = run(settings, "load", file, "--dataset", "own")
    assert result.exit_code == 0
    assert "Recorded as not stated: --title, --publisher, --licence." in result.stderr
    dataset = in_force(settings)["own"].dataset
    assert (dataset.publisher, dataset.licence, dataset.language) == ("not stated", "not stated", "")
    assert (dataset.namespace, dataset.title["en"]) == ("own", "own (title not stated)")
    assert "Published own as event 2" in run(settings, "load", file, "--dataset", "own", "--licence", "CC0").stderr
    assert "Nothing has changed" in run(settings, "load", file, "--dataset", "own").stderr
    assert in_force(settings)["own"].dataset.licence == "CC0"
    assert in_force(settings)["own"].dataset.publisher == "not stated"


def test_a_file_for_a_listed_dataset_has_the_description_of_the_list(settings: Settings, file: Path) -> None:
    file.write_text(RECORDS.format("one"), encoding="utf-8")
    result = run(settings, "load", file, "--dataset", "one")
    assert result.exit_code == 0, result.stderr
    assert in_force(settings)["one"].dataset.title == {"en": "One"}
    assert in_force(settings)["one"].name == "own.yaml"
    refused = run(settings, "load", file, "--dataset", "one", "--title", "Another")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "datasets.yaml. Change it there" in refused.stderr


def test_the_format_is_told_by_the_ending(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "organisations.csv").write_text("id;name (en)\na;A\n", encoding="utf-8")
    result = run(settings, "load", folder, "--dataset", "entries")
    assert result.exit_code == 0, result.stderr
    load = in_force(settings)["entries"]
    assert (load.dataset.format, load.folder, load.files[0].name) == ("template", True, "organisations.csv")


def test_a_file_of_another_format_replaces_a_dataset_only_where_its_format_is_named(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, "load")
    table = tmp_path / "organisations.csv"
    table.write_text("id;name (en)\na;A\n", encoding="utf-8")
    refused = run(settings, "load", table, "--dataset", "one")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "one holds files of the format curated" in refused.stderr
    assert "--source template" in refused.stderr
    assert in_force(settings)["one"].dataset.format == "curated"
    assert run(settings, "load", table, "--dataset", "one", "--source", "template").exit_code == 0
    assert in_force(settings)["one"].dataset.format == "template"


def test_findings_are_told_as_validate_tells_them(settings: Settings, tmp_path: Path) -> None:
    write_workbook(tmp_path / "entries.xlsx", "en")
    result = run(settings, "load", tmp_path / "entries.xlsx", "--dataset", "entries", "--messages", "cs")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "entries.xlsx" in result.stderr
    assert "chyba: " in result.stderr
    assert open_journal(settings).events() == ()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.yaml", "--dataset", "own"], 2, "There is no file"),
        (["FILE"], 2, "Say with --dataset"),
        (["FILE", "--dataset", "a/b"], 2, "cannot be the key of a dataset"),
        (["FILE", "--dataset", "own", "--source", "papyrus"], 2, "There is no format papyrus. Known: curated"),
        (["--dataset", "own"], 2, "Options describe a FILE"),
        (["FILE.odt", "--dataset", "own"], 1, "Files of this kind are not read"),
    ],
)
def test_what_cannot_be_taken_in_is_said(
    settings: Settings, file: Path, arguments: list[str], code: int, said: str
) -> None:
    file.with_name("own.yaml.odt").write_bytes(file.read_bytes())
    result = run(settings, "load", *(argument.replace("FILE", str(file)) for argument in arguments))
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert open_journal(settings).events() == ()


def test_a_damaged_journal_is_not_written_to(settings: Settings, file: Path) -> None:
    run(settings, "load")
    path = open_journal(settings).path
    path.write_text(path.read_text(encoding="utf-8").replace('"One"', '"Onf"'), encoding="utf-8")
    before = path.read_bytes()
    result = run(settings, "load", file, "--dataset", "own")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Line 1: altered" in result.stderr
    assert path.read_bytes() == before


def test_loading_the_original_again_repairs_the_inbox(settings: Settings) -> None:
    run(settings, "load")
    kept = open_inbox(settings).path(json.loads(open_journal(settings).path.read_bytes().splitlines()[0])
                                     ["details"]["files"][0]["sha256"])  # fmt: skip
    kept.unlink()
    assert run(settings, "journal", "verify").exit_code == 1
    assert "Nothing has changed: one" in run(settings, "load").stderr
    assert run(settings, "journal", "verify").exit_code == 0
