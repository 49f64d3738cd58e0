"""morph-kgc, another converter of tables, which works by RML."""

import venv
from pathlib import Path

from tests.benchmarks.measure import run_command

__all__ = ["morph_python"]

MORPH = "morph-kgc==2.10.0"


def morph_python(folder: Path) -> Path:
    """Install morph-kgc in an environment of its own: it needs other versions of rdflib and pyoxigraph.

    :raises Failed: if it cannot be installed.
    """
    venv.create(folder / "environment", with_pip=True)
    python = folder / "environment/bin/python"
    run_command([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", MORPH], folder)
    return python
