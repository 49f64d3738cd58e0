"""The check of a file in every form that it is written in."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.settings import Settings

HEADER = "id,title (en),start,country,website\n"
FAULTY = HEADER + "a,=1+1,31 March 2024,Czehia,\nb,B,03/04/2024,,www.example.org\n"
SCRIPT = "from graph_app.cli import main; main()"


@pytest.fixture
def environment(curated_settings: Settings) -> dict[str, str]:
    return {"INTGRAPH_HOME": str(curated_settings.home), "INTGRAPH_DATA": str(curated_settings.data), "COLUMNS": "200"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "projects.csv"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def validate(environment: dict[str, str], *arguments: object) -> Result:
    result = CliRunner().invoke(application, ["validate", *map(str, arguments)], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_table_says_the_repair_behind_its_finding(environment: dict[str, str], file: Path) -> None:
    result = validate(environment, file)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert any(line.startswith("projects.csv, C2: violation:") and line.endswith("→ 2024-03-31") for line in lines)
    (doubt,) = [line for line in lines if line.startswith("projects.csv, C3")]
    assert "→" not in doubt
    assert "4 must be repaired" in result.stderr


def test_words_around_findings_follow_the_language(environment: dict[str, str], file: Path) -> None:
    result = validate(environment, file, "--language", "cs")
    assert "projects.csv, C2: chyba: „31 March 2024“ není datum." in result.stdout
    assert "violation" not in result.stdout
    assert "Opravit je třeba: 4" in result.stderr
    release = validate(environment, "--language", "cs")
    assert [word in release.stdout for word in ("závažnost", "doporučení", "příklad")] == [True] * 3
    assert "V pořádku: žádná chyba" in release.stderr


def test_many_findings_are_counted_and_said_one_by_one_when_asked(environment: dict[str, str], file: Path) -> None:
    file.write_text(HEADER + "".join(f"p{n},P,soon,Czechia,\n" for n in range(60)), encoding="utf-8")
    counted = validate(environment, file)
    (row,) = [line for line in counted.stdout.splitlines() if "date-unreadable" in line]
    assert [cell.strip() for cell in row.strip("│").split("│")][:3] == ["violation", "date-unreadable", "60"]
    assert "C61" not in counted.stdout
    assert "--all" in counted.stderr
    assert "projects.csv, C61: violation" in validate(environment, file, "--all").stdout


def test_csv_and_json_have_the_repair_in_a_field(environment: dict[str, str], file: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(validate(environment, file, "-f", "csv").stdout)))
    entries = json.loads(validate(environment, file, "-f", "json").stdout)
    expected = {"31 March 2024": "2024-03-31", "03/04/2024": "", "Czehia": "Czechia",
                "www.example.org": "https://www.example.org"}  # fmt: skip
    for told in (rows, entries):
        assert {entry["value"]: entry["repaired"] for entry in told if entry["severity"] == "violation"} == expected


def test_fixes_of_sarif_put_into_the_file_leave_what_only_people_know(environment: dict[str, str], file: Path) -> None:
    log = json.loads(validate(environment, file, "-f", "sarif", "--language", "cs").stdout)
    results = log["runs"][0]["results"]
    (date,) = [result for result in results if result["properties"]["value"] == "31 March 2024"]
    assert date["message"]["text"].startswith("„31 March 2024“")
    assert date["properties"]["message_en"].startswith("“31 March 2024”")
    changes = [change for result in results for fix in result.get("fixes", ()) for change in fix["artifactChanges"]]
    lines = file.read_text(encoding="utf-8").split("\n")
    for change in sorted(changes, key=lambda change: -change["replacements"][0]["deletedRegion"]["startColumn"]):
        (replacement,) = change["replacements"]
        region, line = replacement["deletedRegion"], replacement["deletedRegion"]["startLine"] - 1
        before, after = lines[line][: region["startColumn"] - 1], lines[line][region["endColumn"] - 1 :]
        lines[line] = before + replacement["insertedContent"]["text"] + after
    file.write_text("\n".join(lines), encoding="utf-8")
    again = json.loads(validate(environment, file, "-f", "json").stdout)
    assert [entry["value"] for entry in again if entry["severity"] == "violation"] == ["03/04/2024"]


@pytest.mark.parametrize("ending", ["csv", "json", "sarif", "xlsx", "txt"])
def test_a_file_is_written_in_the_format_of_its_ending(ending: str, environment: dict[str, str], file: Path) -> None:
    target = file.with_name(f"found.{ending}")
    result = validate(environment, file, "--output", target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"Wrote {target}" in result.stderr
    assert {path.name for path in file.parent.iterdir()} == {file.name, target.name}
    if ending == "xlsx":
        assert load_workbook(target)["projects"]["C2"].comment is not None
    else:
        assert "2024-03-31" in target.read_text(encoding="utf-8")


def test_a_marked_copy_of_several_files_can_be_piped(environment: dict[str, str], file: Path) -> None:
    (file.parent / "organisations.csv").write_text("id,name (en),type\no,O,univrsity\n", encoding="utf-8")
    result = validate(environment, file.parent, "-f", "xlsx", "--language", "cs")
    book = load_workbook(io.BytesIO(result.stdout_bytes))
    assert book.sheetnames == ["Nálezy", "organisations", "projects"]
    assert book["organisations"]["C2"].comment.text.endswith("→ University")
    assert (book["projects"]["B2"].value, book["projects"]["B2"].data_type) == ("=1+1", "s")


def test_findings_of_the_release_are_listed_in_a_workbook(environment: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "release.xlsx"
    assert validate(environment, "-o", target).exit_code == 0
    book = load_workbook(target)
    assert book.sheetnames == ["Findings"]
    assert book["Findings"].max_row > 2


def test_nothing_is_written_over_what_is_checked_or_exists(environment: dict[str, str], file: Path) -> None:
    before = file.read_bytes()
    target = file.with_name("found.csv")
    assert "what is checked" in validate(environment, file, "-o", file, "--force").stderr
    assert "what is checked" in validate(environment, file.parent, "-o", file, "--force").stderr
    assert "no folder" in validate(environment, file, "-o", file.parent / "none" / "found.csv").stderr
    assert "is a folder" in validate(environment, file, "-o", file.parent).stderr
    assert validate(environment, file, "-o", target).exit_code == 1
    again = validate(environment, file, "-o", target)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert validate(environment, file, "-o", target, "--force").exit_code == 1
    assert file.read_bytes() == before


def test_a_workbook_does_not_go_to_a_terminal(environment: dict[str, str], file: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "validate", str(file), "-f", "xlsx"],
        stdout=theirs, stderr=subprocess.PIPE, env=os.environ | environment, text=True, check=False,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert "Name a file with --output" in done.stderr


def test_loading_counts_in_the_language_of_its_messages(environment: dict[str, str], file: Path) -> None:
    file.write_text(HEADER + "".join(f"p{n},P,31 March 2024,Czechia,\n" for n in range(60)), encoding="utf-8")
    own = environment | {"INTGRAPH_HOME": str(file.parent / "home")}
    arguments = ["load", str(file), "--dataset", "mine", "--messages", "cs"]
    result = CliRunner().invoke(application, arguments, env=own)
    assert [word in result.stderr for word in ("závažnost", "počet", "chyba", "→", "vypíše všechny")] == [True] * 5


def test_a_link_that_leads_out_of_the_folder_is_not_copied(
    environment: dict[str, str], file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    secret.write_text("secret,text\n", encoding="utf-8")
    (file.parent / "organisations.csv").symlink_to(secret)
    target = file.parent.parent / f"{file.parent.name}.xlsx"
    assert validate(environment, file.parent, "-o", target).exit_code == 1
    book = load_workbook(target)
    assert "organisations" not in book.sheetnames
    assert book["Findings"]["F2"].value == "link-out"


def test_a_table_too_large_for_a_copy_is_refused_before_it_is_checked(environment: dict[str, str], file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(20_000_001)
    result = validate(environment, file, "-o", file.with_name("found.xlsx"))
    assert result.exit_code == 2
    assert "too many for a marked copy" in " ".join(result.stderr.split())


def test_digits_are_grouped_as_the_language_does(environment: dict[str, str], file: Path) -> None:
    file.write_text(HEADER + "".join(f"p{n},P,soon,Czechia,\n" for n in range(1_001)), encoding="utf-8")
    own = environment | {"INTGRAPH_HOME": str(file.parent / "home")}
    arguments = ["load", str(file), "--dataset", "mine", "--messages"]
    told = [CliRunner().invoke(application, [*arguments, language], env=own).stderr for language in ("en", "cs")]
    assert [number in text for number, text in zip(("1,001", "1\u00a0001"), told, strict=True)] == [True, True]


def test_the_same_advice_is_one_line_unless_all_is_asked_for(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    path.write_text(HEADER + "".join(f"p{n},P {n},,Czechia,\n" for n in range(8)), encoding="utf-8")
    (said,) = [line for line in validate(environment, path).stdout.splitlines() if "has no start" in line]
    assert said.startswith("projects.csv: rows 2–9: advice: 8 times:")
    every = validate(environment, path, "--all").stdout.splitlines()
    assert sum("has no start" in line for line in every) == 8
