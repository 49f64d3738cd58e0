"""The wheel holds all that the code reads at run time, and nothing generic at its top."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_every_file_that_is_read(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for room in ("ontology", "shapes", "queries"):
        needed = [path for ending in ("ttl", "rq") for path in (ROOT / room).rglob(f"*.{ending}")]
        assert needed
        assert {f"loaders/_resources/{path.relative_to(ROOT).as_posix()}" for path in needed} <= names
    packages = [path for room in ("loaders", "graph_app") for path in (ROOT / room).rglob("*") if path.is_file()]
    left_out = {"__pycache__", "node_modules"}
    files = {path.relative_to(ROOT).as_posix() for path in packages if left_out.isdisjoint(path.parts)}
    assert files <= names
    assert not [name for name in names if "node_modules" in name]
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"loaders", "graph_app"}


def test_the_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    script = (
        "from loaders.resources import ONTOLOGY; from graph_app.questions.catalogue import questions; "
        "print(ONTOLOGY, len(questions()))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); {script}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    place, count = done.stdout.split()
    assert place == str(tmp_path / "site" / "loaders" / "_resources" / "ontology")
    assert int(count) >= 24
