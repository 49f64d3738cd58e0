import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph
from typer.testing import CliRunner, Result

from graph_app.cli import application
from graph_app.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = ("load", "journal", "build", "prune", "validate", "query", "questions", "describe", "template", "app")
IOM = "https://w3id.org/integration-graph/id/organisation/curated/iom"


@pytest.fixture
def environment(curated_settings: Settings) -> dict[str, str]:
    return {"INTGRAPH_HOME": str(curated_settings.home), "INTGRAPH_DATA": str(curated_settings.data), "COLUMNS": "200"}


def run(environment: dict[str, str], *arguments: str, given: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(application, arguments, input=given, env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = run({}, command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert not result.stderr


def test_help_names_every_command_and_exit_code() -> None:
    result = run({}, "--help")
    assert all(command in result.stdout for command in COMMANDS)
    assert "1 the data has violations" in result.stdout
    assert run({}, "--version").stdout.startswith("intgraph 0.")


@pytest.mark.parametrize("arguments", [["--nothing"], ["nothing"], ["query", "--limit", "0"], ["query", "-f", "xml"]])
def test_wrong_usage_is_code_2_and_says_so_on_standard_error(arguments: list[str]) -> None:
    result = run({}, *arguments)
    assert result.exit_code == 2
    assert not result.stdout
    assert "Error" in result.stderr


@pytest.mark.parametrize("arguments", [["query", "partners-of"], ["validate"], ["describe", "iom"], ["app"]])
def test_without_release_commands_say_what_to_run(arguments: list[str], tmp_path: Path) -> None:
    result = run({"INTGRAPH_HOME": str(tmp_path)}, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Run `intgraph build`" in result.stderr


def test_a_setting_that_cannot_be_used_is_said() -> None:
    result = run({"INTGRAPH_WORKERS": "many"}, "build")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "INTGRAPH_WORKERS must be" in result.stderr


def test_build_prints_the_version_and_tells_its_steps(environment: dict[str, str]) -> None:
    result = run(environment, "build")
    assert result.exit_code == 0
    (version,) = result.stdout.split()
    assert (Path(environment["INTGRAPH_HOME"]) / "releases" / version).is_dir()
    assert f"Nothing has changed: {version} stays the current release" in result.stderr


def test_a_question_is_asked_by_name(environment: dict[str, str]) -> None:
    result = run(environment, "query", "partners-of", "-p", "organisation=iom-prague", "--format", "csv")
    assert result.exit_code == 0
    assert result.stderr == "Not stated: participant in 2 of 34 projects (6%).\n"
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows
    assert all(row["partner"].startswith("https://") for row in rows)


def test_an_answer_is_given_also_where_what_it_stands_on_cannot_be_counted(environment: dict[str, str]) -> None:
    few = environment | {"INTGRAPH_ROW_LIMIT": "3"}
    result = run(few, "query", "partners-of", "-p", "organisation=iom-prague", "--format", "csv")
    assert result.exit_code == 0
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == 3
    assert "How many projects lack what this stands on is not known" in result.stderr


def test_a_query_comes_from_a_file_or_from_standard_input(environment: dict[str, str], tmp_path: Path) -> None:
    text = f"SELECT ?label {{ <{IOM}> skos:prefLabel ?label FILTER(LANG(?label) = 'en') }}"
    path = tmp_path / "label.rq"
    path.write_text(text, encoding="utf-8")
    answers = [
        run(environment, "query", str(path), "--format", "json"),
        run(environment, "query", "-", "--format", "json", given=text),
        run(environment, "query", "--format", "json", given=text),
    ]
    assert {answer.exit_code for answer in answers} == {0}
    assert len({answer.stdout for answer in answers}) == 1
    (binding,) = json.loads(answers[0].stdout)["results"]["bindings"]
    assert binding["label"]["value"] == "International Organization for Migration"


def test_what_questions_prints_can_be_run_as_it_is(environment: dict[str, str]) -> None:
    shown = run(environment, "questions", "follow-up-chains")
    assert shown.exit_code == 0
    assert "PREFIX ig:" in shown.stdout
    asked = run(environment, "query", "-", "--format", "csv", given=shown.stdout)
    assert asked.stdout == run(environment, "query", "follow-up-chains", "--format", "csv").stdout


def test_the_library_is_listed(environment: dict[str, str]) -> None:
    listed = json.loads(run(environment, "questions", "--format", "json").stdout)
    assert len(listed) >= 24
    assert {"name", "group", "summary", "params", "returns", "sparql"} <= set(listed[0])
    table = run(environment, "questions", "--language", "cs").stdout
    assert all(entry["name"] in table for entry in listed)


def test_tables_hold_short_forms_that_commands_take(environment: dict[str, str]) -> None:
    table = run(
        environment, "query", "-", given=f"SELECT ?o ?t {{ VALUES ?o {{ <{IOM}> }} ?o ig:organisationType ?t }}"
    )
    assert "organisation/curated/iom" in table.stdout
    assert "orgtype:intergovernmental-organisation" in table.stdout
    assert "https://" not in table.stdout


def test_data_cannot_steer_the_terminal(environment: dict[str, str]) -> None:
    query = 'SELECT ("[red]a[/red]\\u001B[31mb\\u202Ec\\u0007" AS ?x) {}'
    result = run(environment, "query", "-", given=query)
    assert "[red]a[/red]�[31mb�c�" in result.stdout


def test_triples_come_as_turtle(environment: dict[str, str]) -> None:
    result = run(environment, "query", "-", given=f"CONSTRUCT WHERE {{ <{IOM}> a ?class }}")
    assert result.exit_code == 0
    assert "@prefix ig:" in result.stdout
    assert len(Graph().parse(data=result.stdout, format="turtle")) == 2


@pytest.mark.parametrize(
    ("query", "form", "part"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 1", "ttl", "ttl holds triples"),
        ("ASK {}", "ttl", "ttl holds triples"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "table", "A table holds rows"),
    ],
)
def test_a_format_that_does_not_fit_is_said(query: str, form: str, part: str, environment: dict[str, str]) -> None:
    result = run(environment, "query", "-", "--format", form, given=query)
    assert (result.exit_code, result.stdout) == (2, "")
    assert part in result.stderr


def test_a_cut_answer_is_said_beside_the_data(environment: dict[str, str]) -> None:
    result = run(environment, "query", "-", "--format", "csv", "--limit", "2", given="SELECT ?s { ?s ?p ?o }")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.startswith("Only the first 2 rows are here")


@pytest.mark.parametrize(
    ("arguments", "given", "part"),
    [
        (["query", "-"], "SELECT * {\n ?s ?p ?o ?q }", "Line 2, column 11: "),
        (["query", "-"], "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        (["query", "no-such-question"], None, "neither a file nor a question"),
        (["query", "no-such.rq"], None, "no-such.rq: No such file or directory."),
        (["query", "partners-of", "-p", "organisation"], None, "NAME=VALUE"),
        (["query", "partners-of", "-p", "colour=red"], None, "no parameter colour"),
        (["query", "active-in-month", "-p", "month=2024-13"], None, "month needs a month such as 2024-01"),
        (["questions", "no-such-question"], None, "no question no-such-question"),
        (["describe", "organisation/curated/no-such"], None, "states nothing about"),
        (["describe", "javascript:alert(1)"], None, "needs an IRI"),
        (["validate", "no-such.xlsx"], None, "There is no file"),
        (["query", "SELECT * { ?s ?p ?o }"], None, "goes to standard input or into a file"),
        (["query", "x" * 300], None, "File name too long"),
        (["describe", "http://[::1"], None, "needs an IRI"),
        (
            ["template", "/no/such/folder/entries.xlsx"],
            None,
            "/no/such/folder/entries.xlsx: No such file or directory.",
        ),
        (["template", "entries.csv"], None, "ends in .xlsx"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    arguments: list[str], given: str | None, part: str, environment: dict[str, str]
) -> None:
    result = run(environment, *arguments, given=given)
    assert result.exit_code in {1, 2}
    assert part in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b'SELECT * { ?s ?p "\xe9" }', "is no text in UTF-8: byte 19 does not fit"),
        (b"\x00\xff\xfe", "is no text in UTF-8: byte 2"),
        (b"#+ summary: {en: Any}\n#+ params: [a]\nASK {}", "params maps the name"),
        (b"#+ summary: {en: Any}\r\n\r\nSELECT * {\r\n ?s ?p ?o ?q }", "Line 4, column 11: "),
        (b"", "The query ends too early"),
    ],
)
def test_files_and_standard_input_fail_alike(
    content: bytes, part: str, environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "any.rq"
    path.write_bytes(content)
    for result in (run(environment, "query", str(path)), run(environment, "query", "-", given=content)):
        assert (result.exit_code, result.stdout) == (2, "")
        assert part in result.stderr


def test_a_question_with_parameters_comes_from_anywhere(environment: dict[str, str], tmp_path: Path) -> None:
    text = "\ufeff#+ summary: {en: Any}\n#+ params: {word: text}\nSELECT ?word { VALUES ?word { UNDEF } }\n"
    path = tmp_path / "any.rq"
    path.write_text(text, encoding="utf-8")
    for source, given in ((str(path), None), ("-", text)):
        result = run(environment, "query", source, "-p", "word=žluť", "-f", "csv", given=given)
        assert result.stdout.split() == ["word", "žluť"]


@pytest.mark.parametrize(
    ("closed", "part"), [("<&-", "Standard input is closed"), (">&-", "Standard output is closed")]
)
def test_closed_streams_are_said(closed: str, part: str, environment: dict[str, str]) -> None:
    command = Path(sys.executable).with_name("intgraph")
    done = subprocess.run(
        ["bash", "-c", f"echo 'ASK {{}}' | ( '{command}' query - {closed} )"],
        capture_output=True,
        text=True,
        check=False,
        env=environment | {"PATH": "/usr/bin:/bin"},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(part)


def test_describe_says_what_it_leaves_out(environment: dict[str, str]) -> None:
    result = run(environment | {"INTGRAPH_ROW_LIMIT": "3"}, "describe", "organisation/curated/iom")
    assert result.exit_code == 0
    assert "Only the first 3 rows are here" in result.stderr


def test_describe_shows_facts_with_labels_and_sources(environment: dict[str, str]) -> None:
    by_path = run(environment, "describe", "organisation/curated/iom")
    assert by_path.exit_code == 0
    assert by_path.stdout == run(environment, "describe", IOM).stdout
    assert "Intergovernmental organisation (orgtype:intergovernmental-organisation)" in by_path.stdout
    assert "iom-prague-projects.yaml" in by_path.stdout
    assert "Mezivládní organizace" in run(environment, "describe", IOM, "--language", "cs").stdout


def test_the_curated_data_conforms_and_its_gaps_are_counted(environment: dict[str, str]) -> None:
    result = run(environment, "validate")
    assert result.exit_code == 0
    assert "no violation" in result.stderr
    assert "ProjectDonorMissing" in result.stdout


def test_findings_come_as_json_and_csv(environment: dict[str, str]) -> None:
    path = str(ROOT / "data" / "records" / "iom-budapest-updates.yaml")
    command = ["validate", path, "--dataset", "iom-budapest-updates", "--format"]
    listed = json.loads(run(environment, *command, "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(environment, *command, "csv", "--language", "cs").stdout)))
    assert [entry["rule"] for entry in listed] == [row["rule"] for row in rows]
    assert [entry["message"] for entry in listed] != [row["message"] for row in rows]
    assert all(entry["severity"] != "violation" for entry in listed)


def test_a_broken_entry_is_named_at_its_place_and_not_taken_in(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "entry.yaml"
    path.write_text(
        "dataset: submission\n"
        "projects:\n"
        "  - id: brand-new\n"
        "    locator: line 1\n"
        "    title: {en: Brand new}\n"
        "    start: 31.2.2024\n"
        "    participations:\n"
        "      - {organisation: organisation/curated/iom, role: partner}\n",
        encoding="utf-8",
    )
    result = run(environment, "validate", str(path), "--format", "csv")
    assert result.exit_code == 1
    blocking = [row for row in csv.DictReader(io.StringIO(result.stdout)) if row["severity"] == "violation"]
    assert [(row["line"], row["value"]) for row in blocking] == [("6", "31.2.2024")]
    assert "1 must be repaired" in result.stderr
    asked = run(environment, "query", "-", given="ASK { ?project dct:title 'Brand new'@en }")
    assert asked.stdout == "no\n"


def test_the_template_is_written_once(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "entries.xlsx"
    assert run(environment, "template", str(path)).exit_code == 0
    assert path.stat().st_size > 5000
    again = run(environment, "template", str(path))
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert run(environment, "template", str(path), "--force", "--language", "cs").exit_code == 0


def test_the_command_is_installed_and_takes_a_closed_pipe(environment: dict[str, str]) -> None:
    command = Path(sys.executable).with_name("intgraph")
    script = f"'{command}' query - --format csv | head -1"
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    done = subprocess.run(
        ["bash", "-c", script],
        input=query,
        capture_output=True,
        text=True,
        check=False,
        env=environment | {"PATH": "/usr/bin:/bin"},
    )
    assert done.stdout == "s,p,o\n"
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_help_imports_nothing_heavy() -> None:
    program = """
import sys
from typer.testing import CliRunner
from graph_app.cli import application
CliRunner().invoke(application, ["--help"])
heavy = {"rdflib", "pyoxigraph", "pyshacl", "pandas", "streamlit", "networkx"}
print(sorted({name.partition(".")[0] for name in sys.modules} & heavy))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
