"""``intgraph map``: maps are listed, drafted and tried."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph_app.cli import application
from loaders.sources.mapped.shipped import map_names

RUN = CliRunner()
HEADINGS = "Číslo projektu;Název projektu;Žadatel;Celkové výdaje (CZK)\n"
TABLE = HEADINGS + "".join(f"{number};Kurzy;Řeka;1 000,50\n" for number in range(1, 30)) + "30;Dílna;Most;x\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_every_shipped_map_is_listed() -> None:
    result = RUN.invoke(application, ["map", "list"])
    assert result.exit_code == 0
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == list(map_names())


def test_a_draft_can_be_saved_and_tried(table: Path) -> None:
    drafted = RUN.invoke(application, ["map", "suggest", str(table)])
    assert drafted.exit_code == 0
    saved = table.with_name("mine.yaml")
    saved.write_text(drafted.stdout, encoding="utf-8")
    tried = RUN.invoke(application, ["map", "check", str(saved), str(table)])
    assert tried.exit_code == 0, tried.stderr
    assert "B\tNázev projektu\tproject.title" in tried.stdout
    assert "30 rows give: 30 project" in tried.stderr
    assert "Rows and values left out: 1." in tried.stderr


@pytest.mark.parametrize(
    ("map_", "code", "says"),
    [("eutf-projects", 1, "No row of the table has the headings"), ("nonsense", 2, "no column map nonsense")],
)
def test_what_does_not_fit_is_told(table: Path, map_: str, code: int, says: str) -> None:
    result = RUN.invoke(application, ["map", "check", map_, str(table)])
    assert result.exit_code == code
    assert says in result.stderr.replace("\n", " ")


def test_the_mistakes_in_a_map_are_told_at_their_lines(table: Path) -> None:
    saved = table.with_name("mine.yaml")
    saved.write_text("columns:\n  Číslo projektu: projekt.id\n  Žadatel: kdo.name\n", encoding="utf-8")
    result = RUN.invoke(application, ["map", "check", str(saved), str(table), "--messages", "cs"])
    assert result.exit_code == 1
    assert "řádka 2" in result.stderr
    assert "řádka 3" in result.stderr


@pytest.mark.parametrize(("encoding", "line"), [("cp1250", 2), ("utf-16", 1)])
@pytest.mark.parametrize(
    "command", [["map", "check", "MAP", "FILE"], ["inspect", "FILE", "--map", "MAP"], ["load", "FILE", "--map", "MAP"]]
)
def test_a_map_in_another_encoding_is_told_at_its_line(
    table: Path, encoding: str, line: int, command: list[str]
) -> None:
    saved = table.with_name("mine.yaml")
    saved.write_text("columns:\n  Číslo projektu: project.id\n", encoding=encoding)
    places = {"MAP": str(saved), "FILE": str(table)}
    options = ["--dataset", "x"] if command[0] == "load" else []
    environment = {"INTGRAPH_HOME": str(table.with_name("home")), "INTGRAPH_DATA": str(table.with_name("data"))}
    result = RUN.invoke(application, [*(places.get(word, word) for word in command), *options], env=environment)
    assert result.exit_code == 1, result.exception
    said = " ".join((result.stdout + result.stderr).split())
    assert f"mine.yaml, line {line}: violation: The file is not in UTF-8 from this line on." in said
