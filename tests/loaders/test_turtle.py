"""Turtle as this project writes it is read as a general parser reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from loaders.resources import ONTOLOGY, SHAPES
from loaders.turtle import Term, Text, read_turtle

FILES = [*sorted(ONTOLOGY.glob("*.ttl")), SHAPES / "core.ttl"]


def node(term: Term) -> URIRef | BNode | Literal:
    if isinstance(term, Text):
        datatype = URIRef(term.datatype) if term.datatype else None
        return Literal(term.value, lang=term.language or None, datatype=datatype)
    return BNode(term[2:]) if term.startswith("_:") else URIRef(term)


def graph_of(path: Path) -> Graph:
    graph = Graph()
    for subject, said in read_turtle(path).about.items():
        for prop, values in said.items():
            for value in values:
                graph.add((node(subject), node(prop), node(value)))
    return graph


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_files_of_the_project_are_read_as_rdflib_reads_them(path: Path) -> None:
    expected = Graph().parse(path)
    assert len(expected) > 10
    assert isomorphic(graph_of(path), expected)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.ttl"
    path.write_text("@prefix ig: <http://x/> .\n" + text, encoding="utf-8")
    return path


GOOD = [
    "ig:a a ig:B , ig:C ; ig:p 1 , -2.50 , true , false .",
    'ig:a ig:p "say \\"x\\"\\n\\\\S"@cs-CZ , "" , "4"^^ig:kind , "5"^^<http://y/k> .',
    'ig:a ig:p ( ig:b [ ig:q ( ) ] "c" ) ; ig:q [ ] , [ a ig:C ; ] ; .',
    "<http://x/s> ig:a.b ig:c-1 . # said\nig:true ig:a ig:a1 .",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_all_that_is_understood_is_understood_rightly(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    assert isomorphic(graph_of(path), Graph().parse(path))


BAD = [
    "ig:a ig:p ig:b",
    "ig:a ig:p .",
    "ig:a ig:p ig:b ig:c .",
    "ig:a ig:p ; ig:q ig:b .",
    "ig:a ig:p ( ig:b .",
    "ig:a ig:p [ ig:q ig:b .",
    "ig:a ig:p ig:b ] .",
    "ig:a ig:p other:b .",
    'ig:a "p" ig:b .',
    '"a" ig:p ig:b .',
    'ig:a ig:p "b .',
    'ig:a ig:p """b""" .',
    "ig:a ig:p 'b' .",
    "ig:a ig:p 1e3 .",
    "ig:a ig:p 1.2.3 .",
    "ig:a ig:p <no iri> .",
    "ig:a ig:p _:b .",
    "@base <http://x/> .",
    'ig:a ig:p "\\u0041" .',
    "ig:a ig:p ig:b\\,c .",
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_not_understood_is_an_error_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"^some\.ttl, line 2: "):
        read_turtle(written(tmp_path, text))


def ordered(path: Path) -> Iterator[str]:
    yield from read_turtle(path).about


def test_subjects_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert list(ordered(written(tmp_path, "ig:b a ig:C . ig:a a ig:C . ig:b a ig:D ."))) == ["http://x/b", "http://x/a"]
