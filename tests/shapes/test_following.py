"""Change a shape, and the template, the form, the reader and the check follow: tried in a copy of the whole program."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("loaders", "graph_app", "ontology", "shapes", "queries")

#: File, what stands there, and what stands there instead.
CHANGES = (
    # Another name, another help, another place: the first of all fields.
    ("shapes/core.ttl", 'sh:group igsh:WhatGroup ; sh:order 2 ;\n    sh:name "Acronym"@en , "Zkratka"@cs ;',
     'sh:group igsh:WhatGroup ; sh:order 0.5 ;\n    sh:name "Short name"@en , "Krátký název"@cs ;'),
    ("shapes/core.ttl", "The short name of the project, for", "What people say, for"),
    # A field that must be filled from now on, and one that nobody knew.
    ("shapes/core.ttl", "igsh:ProjectAcronym , ", "igsh:ProjectAcronym , igsh:StatusGiven , igsh:Motto , "),
    # A group and a choice of other names.
    ("shapes/core.ttl", 'rdfs:label "When"@en , "Kdy"@cs', 'rdfs:label "In which years"@en , "V kterých letech"@cs'),
    ("ontology/roles.ttl", 'skos:prefLabel "Partner"@en , "Partner"@cs', 'skos:prefLabel "Ally"@en , "Spojenec"@cs'),
)  # fmt: skip
ADDED = {
    "shapes/core.ttl": """
igsh:StatusGiven a sh:PropertyShape ; sh:path ig:status ; sh:minCount 1 ;
    sh:message "The project has no status. Choose one."@en , "Projekt nemá stav. Vyberte ho."@cs .
igsh:Motto a sh:PropertyShape ; sh:path ig:mottoOfAll ; sh:group igsh:WhatGroup ; sh:order 2 ;
    sh:name "Motto"@en , "Heslo"@cs ; sh:description "What it says of itself."@en , "Co o sobě říká."@cs ;
    sh:node igsh:Text ; sh:message "The motto is empty."@en , "Heslo je prázdné."@cs .
""",
    "ontology/roles.ttl": """
role:observer a skos:Concept ; skos:inScheme <https://w3id.org/integration-graph/role> ;
    skos:prefLabel "Observer"@en , "Pozorovatel"@cs .
""",
}

TEMPLATE = """
import json, sys
from openpyxl import load_workbook
from loaders.template.workbook import write_workbook
shown = {}
for language in ("en", "cs"):
    path = f"{sys.argv[1]}/{language}.xlsx"
    write_workbook(path, language)
    book = load_workbook(path)
    cells = list(book.worksheets[0][1])
    shown[language] = {
        "headings": [cell.value for cell in cells],
        "help": {cell.value: cell.comment.text for cell in cells},
        "choices": [cell.value for column in book.worksheets[-1].columns for cell in column if cell.value],
    }
print(json.dumps(shown))
"""

PAGE = """
from graph_app.components.form.around import Around, Graph
from graph_app.components.form.sheet import draw_sheet
from graph_app.stewardship.form import Form
from loaders.template.filled import Filled, Part
from loaders.template.sheets import sheets
parts = {"projects": (Part({"id": "p"}),), "participations": (Part({"project": "p"}),)}
empty = Graph(lambda kind: {}, lambda kind, name: {}, str)
for sheet in sheets():
    draw_sheet(sheet, Around("x", Form(Filled("en", parts)), empty, {}, False))
"""

FORM = f"""
import json
from streamlit.testing.v1 import AppTest
shown = {{}}
for language in ("en", "cs"):
    app = AppTest.from_string({PAGE!r}, default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception, app.exception
    fields = [*app.text_input, *app.text_area, *app.selectbox, *app.multiselect]
    shown[language] = {{
        "headings": [field.label for field in fields],
        "help": {{field.label: field.help for field in fields}},
        "choices": [option for field in app.selectbox for option in field.options],
        "groups": [caption.value for caption in app.caption],
    }}
print(json.dumps(shown))
"""

CHECKED = """
import json, sys
from pathlib import Path
from rdflib import Graph
from graph_app.validation.entry import check_entry
from loaders.datasets import Dataset
from loaders.load import load_lines
path, dataset = Path(sys.argv[1]) / "projects.csv", Dataset("own", {"en": "Own"}, "template", "own")
path.write_text("Id,Title (en),Motto (en)\\nbridges,Bridges,Together\\n", encoding="utf-8")
report = check_entry(path, dataset, lambda iris: Graph())
print(json.dumps({
    "findings": {found.rule: found.text("cs") for found in report.findings},
    "lines": "".join(item for item in load_lines(path, dataset) if isinstance(item, str)),
}))
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("changed")
    for room in COPIED:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("node_modules"))
    for name, before, after in CHANGES:
        path = copy / name
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{name} no longer says {before!r} once"
        path.write_text(text.replace(before, after), encoding="utf-8")
    for name, more in ADDED.items():
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write(more)
    return copy


def run(changed: Path, program: str) -> Any:
    command = [sys.executable, "-c", program, str(changed)]
    environment = os.environ | {"PYTHONPATH": str(changed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(command, cwd=changed, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def order(shown: dict[str, Any], *words: str) -> list[str]:
    return [heading for heading in shown["headings"] if heading.removesuffix(" *") in words]


def test_the_template_follows(changed: Path) -> None:
    shown = run(changed, TEMPLATE)
    english = shown["en"]
    assert order(english, "Short name", "Acronym", "Title (en)", "Motto (en)", "Status") == [
        "Short name", "Title (en) *", "Motto (en)", "Status *",
    ]  # fmt: skip
    assert english["help"]["Short name"].startswith("What people say")
    assert {"Observer", "Ally"} <= set(english["choices"])
    assert "Partner" not in english["choices"]
    assert {"Krátký název", "Heslo (cs)", "Stav *"} <= set(shown["cs"]["headings"])
    assert {"Pozorovatel", "Spojenec"} <= set(shown["cs"]["choices"])


def test_the_form_follows(changed: Path) -> None:
    shown = run(changed, FORM)
    english = shown["en"]
    assert order(english, "Short name", "Acronym", "Title (en)", "Motto (en)") == [
        "Short name",
        "Title (en) *",
        "Motto (en)",
    ]
    assert "Status *" in english["headings"]
    assert english["help"]["Short name"].replace("\\", "").startswith("What people say")
    assert {"Observer", "Ally"} <= set(english["choices"])
    assert "Partner" not in english["choices"]
    assert "**In which years**" in english["groups"]
    assert {"Krátký název", "Heslo (cs)", "Stav *"} <= set(shown["cs"]["headings"])
    assert {"Pozorovatel", "Spojenec"} <= set(shown["cs"]["choices"])


def test_the_reader_and_the_check_follow(changed: Path) -> None:
    found = run(changed, CHECKED)
    assert found["findings"]["StatusGiven"] == "Projekt nemá stav. Vyberte ho."
    assert '/ontology#mottoOfAll> "Together"@en' in found["lines"]


def test_shapes_as_they_are_declare_nothing_that_the_model_does_not_know() -> None:
    from loaders.declared import declared_fields
    from loaders.model import ENTITIES

    assert {kind: declared_fields(entity) for kind, entity in ENTITIES.items() if declared_fields(entity)} == {}
