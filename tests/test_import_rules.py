"""The import rules of the two packages, kept by reading the imports."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Rooms of graph_app from the ground up; a room may import those on floors below it, and itself.
FLOORS = (
    {"settings"},
    {"journal", "store", "columns", "search"},
    {"releases"},
    {"questions", "conversion"},
    {"validation", "identity", "network", "money"},
    {"stewardship"},
    {"components", "web", "views", "cli"},
)

#: Outside packages with one owner: package to the path prefixes that may import it.
OWNERS = {
    "pyoxigraph": ("graph_app/store/",),
    "duckdb": ("graph_app/columns/",),
    "SPARQLWrapper": ("graph_app/store/remote.py", "loaders/sources/endpoint/fetch.py"),
    "pyshacl": ("graph_app/validation/",),
    "shacl": ("graph_app/validation/shacl/compiled.py",),
    "networkx": ("graph_app/network/",),
    "networkit": ("graph_app/network/",),
    "pyspark": ("graph_app/conversion/spark.py",),
    "py4j": ("graph_app/conversion/spark.py",),
    "pyvis": ("graph_app/network/drawing.py",),
    "currency_converter": ("graph_app/money/rates.py",),
    "streamlit": ("graph_app/views/", "graph_app/components/", "graph_app/web/"),
    "typer": ("graph_app/cli/",),
}

#: The exceptions to "rooms on one floor do not import each other": the command that opens the app starts the
#: server, and pages are put together from components.
ALLOWED = {("cli", "web"), ("views", "components")}

MODULES = sorted(
    path.relative_to(ROOT).as_posix() for room in ("loaders", "graph_app") for path in (ROOT / room).rglob("*.py")
)


def imports(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} uses a relative import"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room(dotted: str) -> str | None:
    parts = dotted.removesuffix(".py").replace("/", ".").split(".")
    return parts[1] if parts[0] == "graph_app" and len(parts) > 1 else None


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("module", MODULES)
def test_imports_keep_the_rules(module: str) -> None:
    for name in imports(module):
        package = name.split(".")[0]
        if module.startswith("loaders/"):
            assert package != "graph_app", f"{module}: loaders never import graph_app"
        if module.startswith("loaders/sources/"):
            assert package not in {"rdflib", "pyoxigraph"}, f"{module}: sources know files, not triples"
            assert not name.startswith("loaders.mapping"), f"{module}: sources know files, not triples"
        if module.startswith("loaders/mapping/"):
            assert not name.startswith("loaders.sources"), f"{module}: mapping knows triples, not files"
        if package in OWNERS:
            assert module.startswith(OWNERS[package]), f"{module}: {package} belongs to {OWNERS[package]}"
        own, other = room(module), room(name) if package == "graph_app" else None
        if own in {None, "__init__", "__main__", "py"} or other is None or own == other or (own, other) in ALLOWED:
            continue
        assert floor(other) < floor(own), f"{module}: {own} may not import {other}"


def test_only_settings_reads_the_environment() -> None:
    readers = [
        module
        for module in MODULES
        if re.search(r"\b(environb?|getenvb?)\b", (ROOT / module).read_text(encoding="utf-8"))
    ]
    assert readers == ["graph_app/settings.py"]


#: Imports each module as the first of our own in its process: what it needs, it must import itself, and no circle of
#: imports may depend on who comes first. Packages of others stay loaded and compiled code is kept, so that this takes
#: seconds; most of a minute for all of the app, which is left to the long form.
PROGRAM = """
import functools, gc, importlib, sys
from importlib.machinery import SourceFileLoader
gc.disable()
SourceFileLoader.get_code = functools.cache(SourceFileLoader.get_code)
for name in sys.argv[1:]:
    for loaded in [name for name in sys.modules if name.partition(".")[0] in ("loaders", "graph_app")]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
"""
#: The script that Streamlit runs; it draws a page when it is imported.
SCRIPT = "graph_app/views/main.py"


@pytest.mark.parametrize("package", ["loaders", pytest.param("graph_app", marks=pytest.mark.soak)])
def test_every_module_can_be_imported_alone(package: str) -> None:
    paths = [module for module in MODULES if module.startswith(f"{package}/") and module != SCRIPT]
    names = [path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in paths]
    assert len(names) > 30
    done = subprocess.run([sys.executable, "-c", PROGRAM, *names], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("folder", ["ontology", "shapes", "queries", "data"])
def test_folders_of_data_hold_no_python(folder: str) -> None:
    assert not list((ROOT / folder).rglob("*.py"))


def test_every_room_has_a_floor() -> None:
    rooms = {path.name for path in (ROOT / "graph_app").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms <= set().union(*FLOORS)


def test_top_level_is_as_agreed() -> None:
    agreed = {
        "ontology", "data", "shapes", "queries", "graph_app", "loaders", "tests", "pyproject.toml", "README.md",
        "Makefile", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", ".gitignore", ".ci", ".pre-commit-config.yaml",
    }  # fmt: skip
    generated = {line.strip().rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git"}
    assert {path.name for path in ROOT.iterdir()} - generated <= agreed
