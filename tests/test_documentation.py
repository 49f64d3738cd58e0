"""What the README says is so: its commands exist and run, its settings are all there, its links lead somewhere."""

import dataclasses
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from graph_app.cli import application
from graph_app.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(path for path in ROOT.glob("*.md")) + sorted(
    path for room in ("ontology", "shapes", "queries", "data", "loaders") for path in (ROOT / room).rglob("*.md")
)
COMMANDS = re.findall(r"^(?:echo '(.+)' \| )?\.venv/bin/intgraph (.+?)(?:\s+#.*)?$", README, re.MULTILINE)
#: Commands with names that whoever reads them fills in.
TO_FILL_IN = re.compile(r"\b(?:FILE|FOLDER|URL|SUBMISSION|EVENT|ONE|GOLD)\b")


def test_every_command_is_in_the_readme() -> None:
    known = set(get_command(application).commands)
    shown = {command.split()[0] for _, command in COMMANDS} | set(
        re.findall(r"intgraph (\w+)", (ROOT / "Makefile").read_text())
    )
    assert shown == known


@pytest.mark.parametrize(
    ("given", "command"), [pair for pair in COMMANDS if not TO_FILL_IN.search(pair[1])], ids=lambda text: text[:40]
)
def test_the_commands_of_the_readme_run(
    given: str, command: str, curated_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTGRAPH_HOME", str(curated_settings.home))
    monkeypatch.setenv("INTGRAPH_DATA", str(curated_settings.data))
    monkeypatch.chdir(tmp_path)
    if command.startswith(("validate entries.xlsx", "match suggest entries.xlsx")):
        CliRunner().invoke(application, ["template", "entries.xlsx"])
    if command.startswith("match suggest table.csv"):
        Path("table.csv").write_text("Project;Organisation\nACCESS;IOM Praha\n", encoding="utf-8")
        Path("own.yaml").write_text(CliRunner().invoke(application, ["map", "suggest", "table.csv"]).stdout)
    result = CliRunner().invoke(application, shlex.split(command), input=given or None)
    expected = 1 if command.startswith("validate entries.xlsx") else 0  # a template without entries is no entry
    assert result.exit_code == expected, result.stderr
    assert result.stdout or command.startswith("match") or (tmp_path / command.rsplit(maxsplit=1)[-1]).stat().st_size


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(INTGRAPH_\w+)` \|.*\| `?([^|`]+?)`? \|$", README, re.MULTILINE))
    fields = {f"INTGRAPH_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    assert set(rows) == fields
    assert load_settings({name: default for name, default in rows.items() if default != "–"}) == Settings()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target
