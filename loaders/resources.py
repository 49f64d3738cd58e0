"""Paths to ontology, shapes and queries, in a checkout, an editable install and a wheel alike."""

from pathlib import Path

__all__ = ["ONTOLOGY", "QUERIES", "SHAPES"]

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_resources"
# An editable install leaves stale copies in site-packages only, never beside this file, so the folder tells a wheel.
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent

ONTOLOGY = _ROOT / "ontology"
SHAPES = _ROOT / "shapes"
QUERIES = _ROOT / "queries"
