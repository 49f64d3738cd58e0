"""What a release follows from beside journal and inbox: if this is the same, so is what is made of the same files."""

import hashlib
import importlib.metadata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import loaders
from graph_app import columns, search
from graph_app.columns.database import LAYOUT as COLUMNS_LAYOUT
from graph_app.releases import merging
from graph_app.releases.release import LAYOUT
from graph_app.settings import Settings
from loaders import resources

__all__ = ["fingerprint"]

#: Packages that decide what a file is read as, or what store and columns hold. Another version may decide otherwise.
_PACKAGES = ("babel", "duckdb", "openpyxl", "pyoxigraph", "rdflib", "ruamel.yaml")
_CODE = frozenset((".py", ".yaml"))


def fingerprint(settings: Settings) -> str:
    """Return a hash of base, layouts, ontology, rules, the code of these rooms and of the packages they use.

    :param settings: the base of all instance IRIs.
    """
    return hashlib.sha256(f"{LAYOUT} {COLUMNS_LAYOUT} {settings.base} {_code()}".encode()).hexdigest()


@cache
def _code() -> str:
    packages = tuple(Path(str(package.__file__)).parent for package in (loaders, columns, merging, search))
    files = (
        *(line for package in packages for line in _found(package, _sources(package))),
        *_found(resources.ONTOLOGY, resources.ONTOLOGY.glob("*.ttl")),
        *_found(resources.QUERIES, (resources.QUERIES / "rules").glob("*.rq")),
        *_found(resources.QUERIES, (resources.QUERIES / "search").glob("*.rq")),
    )
    versions = " ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    return hashlib.sha256("\n".join((*files, versions)).encode()).hexdigest()


def _sources(package: Path) -> Iterable[Path]:
    return (path for path in package.rglob("*") if path.suffix in _CODE)


def _found(folder: Path, paths: Iterable[Path]) -> list[str]:
    return [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}" for path in sorted(paths)]
