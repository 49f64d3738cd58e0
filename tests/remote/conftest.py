"""Remote engines that hold the curated release, pushed by the command as an operator would."""

import importlib.util
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from ruamel.yaml import YAML

from graph_app.journal.intake import take_in_all
from graph_app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


def load(path: Path) -> ModuleType:
    """Load another file of tests, so that its tests run here on other fixtures."""
    name = "remote_" + "_".join(path.relative_to(ROOT).with_suffix("").parts)
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


engines_module = load(HERE / "engines.py")
#: Engine to test, with its case in brackets where it has some, to why it fails there. Each is expected to fail: one
#: that passes has to leave the list.
DIFFERENCES = YAML(typ="safe").load(HERE / "differences.yaml")


#: What is tried on every engine in every run; the project page among it, since its queries are the richest and one of
#: them has ended Virtuoso before. The other pages are tried in the long form only, since all of them are
#: tried on the embedded engine in every run; so are most commands, each of which takes seconds, and on Virtuoso the
#: server ends now and then in the middle of a run.
ALWAYS = (
    "health", "endpoint", "overview_counts", "search_leads", "comes_from_a_file", "project_tells_who_paid",
    "describe",
)  # fmt: skip
#: One telling test a page, and the query that only the engine itself can stop.
PAGES = (
    "organisation_shows", "question_is_chosen", "runaway", "filter_narrows", "contradictions",
)  # fmt: skip
#: What is said of remote engines alone, and how questions are asked of them.
COMMANDS = ("engine", "address", "push", "option", "parameter", "query")
#: Views whose filters Virtuoso has misread before; the embedded engine is asked all of them in every run.
VIEWS = ("memberships", "search")
#: File of slow tests to what runs of it on an engine in the short form, where that is not all.
SHORT = {
    "test_pages.py": {"oxigraph": (*ALWAYS, *PAGES), "virtuoso": ALWAYS},
    "test_commands.py": {"oxigraph": (*ALWAYS, *COMMANDS), "virtuoso": ALWAYS},
    "test_views.py": {"oxigraph": VIEWS, "virtuoso": ALWAYS},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        case = getattr(item, "callspec", None)
        if item.path.parent != HERE or case is None:
            continue
        words = SHORT.get(item.path.name, {}).get(case.params.get("kind"))
        if words is not None and not any(word in item.originalname for word in words):
            item.add_marker(pytest.mark.soak)


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def kind(request: pytest.FixtureRequest) -> str:
    why = engines_module.missing(request.param)
    if why:
        pytest.skip(why)
    return str(request.param)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has taken in the curated data."""
    folder = tmp_path_factory.mktemp("home")
    take_in_all(Settings(home=folder, data=ROOT / "data"))
    return folder


@pytest.fixture(scope="session")
def remote(kind: str, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["engines_module.Server"]:
    """An engine that holds the curated release."""
    with engines_module.running(kind, tmp_path_factory.mktemp(kind)) as server:
        push(server, home, ROOT / "data")
        yield server


@pytest.fixture(autouse=True)
def revived(request: pytest.FixtureRequest) -> None:
    """Start an engine again that ended in an earlier test, so that one fault does not fail all that follow."""
    if "remote" in request.fixturenames and request.getfixturevalue("remote").revive():
        logging.getLogger(__name__).warning("The engine had ended in an earlier test and was started again.")


@pytest.fixture
def environment(remote, home: Path) -> dict[str, str]:
    return engines_module.environment(remote, home, ROOT / "data")


@pytest.fixture(autouse=True)
def expect_differences(request: pytest.FixtureRequest) -> None:
    """Expect a test to fail on an engine where ``differences.yaml`` says why."""
    if "kind" not in request.fixturenames:
        return
    case = request.node.callspec.id.removeprefix(f"{request.getfixturevalue('kind')}-")
    known = DIFFERENCES.get(request.getfixturevalue("kind")) or {}
    why = known.get(request.node.originalname) or known.get(f"{request.node.originalname}[{case}]")
    if why:
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))


def push(server, home: Path, data: Path) -> str:
    """Build a home's release and push it, by the command; the version goes to standard output."""
    done = subprocess.run(
        [sys.executable, "-c", "from graph_app.cli import main; main()", "--store", server.query, "build"],
        env=engines_module.environment(server, home, data), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
