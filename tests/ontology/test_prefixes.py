"""A prefix means the same in every Turtle file, and no file declares one that it does not use."""

import re
from pathlib import Path

import pytest
from rdflib import Graph

from loaders.vocabulary import prefixes

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path.relative_to(ROOT).as_posix() for room in ("ontology", "shapes") for path in (ROOT / room).rglob("*.ttl")
)
TABLE = "ontology/prefixes.ttl"

_DECLARED = re.compile(r"^@prefix\s+([\w-]*):\s+<([^>]*)>\s+\.", re.MULTILINE)
#: What may hold a colon without being a prefixed name: long and short strings, IRIs and comments.
_OPAQUE = re.compile(
    r'"""(?s:.*?)"""|\'\'\'(?s:.*?)\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^>\s]*>|#[^\n]*'
)
_USED = re.compile(r"(?<![\w:-])([A-Za-z][\w-]*):")


def used_prefixes(text):
    body = re.sub(
        r"^@prefix.*$", "", _OPAQUE.sub(lambda found: "" if found[0][0] != '"' else '""', text), flags=re.MULTILINE
    )
    return set(_USED.findall(body))


def embedded_prefixes(text):
    """Prefixes inside strings, as SPARQL in a shape uses them."""
    return {name for string in re.findall(r'"""(?s:.*?)"""', text) for name in _USED.findall(string)}


@pytest.mark.parametrize("file", FILES)
def test_every_file_parses(file):
    assert len(Graph().parse(ROOT / file)) > 0


@pytest.mark.parametrize("file", FILES)
def test_declared_prefixes_are_those_of_the_table(file):
    declared = dict(_DECLARED.findall((ROOT / file).read_text(encoding="utf-8")))
    assert {prefix: iri for prefix, iri in declared.items() if prefixes().get(prefix) != iri} == {}


@pytest.mark.parametrize("file", [file for file in FILES if file != TABLE])
def test_no_prefix_is_declared_without_use(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    declared = {prefix for prefix, _ in _DECLARED.findall(text)}
    assert declared - used_prefixes(text) - embedded_prefixes(text) == set()


def test_the_table_has_no_two_prefixes_of_one_namespace_and_none_twice():
    text = (ROOT / TABLE).read_text(encoding="utf-8")
    names = re.findall(r'sh:prefix "([\w-]+)"', text)
    assert len(names) == len(set(names)) == len(set(prefixes().values()))
