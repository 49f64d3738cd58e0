"""IATI files as streams: what is refused and where, and that neither files nor attacks fill the memory."""

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.records import Record
from loaders.sources.iati import SOURCE
from loaders.sources.iati.examination import line_of
from loaders.sources.iati.stream import first_markup, stream
from tests.loaders.sources.written import written

DATASET = Dataset("aid", {"en": "Aid"}, "iati", "iati")
CASES: list[Any] = YAML(typ="safe").load(Path(__file__).with_name("broken.yaml"))
ACTIVITIES = "<iati-activities version='2.03'><iati-activity/></iati-activities>"
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))


def read(content: bytes) -> list[Record | Finding]:
    return list(SOURCE.read(written("file.xml", content).path, DATASET))


def inside(text: str) -> str:
    return f"<iati-activities version='2.03'>\n<iati-activity>\n{text}\n</iati-activity></iati-activities>"


@pytest.mark.parametrize(("text", "encoding", "rule", "line"), [pytest.param(*case, id=name) for name, *case in CASES])
def test_what_is_no_iati_file_is_refused_at_its_place(text: str, encoding: str, rule: str, line: int) -> None:
    with pytest.raises(SourceFault) as fault:
        read(text.replace("{activities}", ACTIVITIES).encode(encoding))
    place = fault.value.finding.location
    assert (fault.value.finding.rule, place and (place.file, place.line)) == (rule, ("file.xml", line))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "cp1250"])
def test_every_declared_encoding_is_read(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding.replace("cp", "windows-")
    text = f"<?xml version='1.0' encoding='{declared}'?>\n<iati-activities><iati-activity xml:lang='de'>"
    text += "<iati-identifier>A</iati-identifier><title><narrative>Brücke</narrative></title></iati-activity>"
    text += "</iati-activities>"
    projects = [item for item in read(text.encode(encoding)) if isinstance(item, Record) and item.kind == "project"]
    assert [project.fields["title"][0].text for project in projects] == ["Brücke"]


HOSTILE: dict[str, Callable[[], str]] = {
    "text of ten million characters": lambda: inside(f"<title><narrative>{'x' * 10_500_000}</narrative></title>"),
    "attribute of ten million characters": lambda: inside(f"<title a='{'x' * 10_500_000}'/>"),
    "depth": lambda: inside("<a>" * 300 + "</a>" * 300),
    "depth that never ends": lambda: "<a>" * 1_000_000,
    "entities behind a long comment": lambda: (
        f"<!--{'x' * 100_000}--><!DOCTYPE a [<!ENTITY a '{'a' * 20}'>{ENTITIES}]><a>&j;</a>"
    ),
    "doctype behind a long comment": lambda: f"<!--{'x' * 100_000}--><!DOCTYPE a><iati-activities/>",
    "elements without end": lambda: inside("<a b='' c='' d=''/>" * 200_000),
    "text without end": lambda: inside(f"<a>{'x' * 9_000_000}</a>" * 6),
    "white space without end": lambda: f"<iati-activities>{' ' * 11_000_000}</iati-activities>",
    "nothing but zeros": lambda: "\0" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_fill_the_memory_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.xml"
    path.write_text(HOSTILE[name](), encoding="utf-8")
    with pytest.raises(SourceFault) as fault:
        list(SOURCE.read(path, DATASET))
    assert fault.value.finding.rule in {"iati-broken-xml", "iati-doctype", "iati-no-xml", "iati-activity-too-large"}
    assert fault.value.finding.location is not None


def test_names_without_end_are_counted_together() -> None:
    text = "<iati-identifier>A</iati-identifier>" + "".join(f"<a{number}/>" for number in range(5_000))
    told = [item for item in read(inside(text).encode()) if isinstance(item, Finding) and item.rule == "iati-left-out"]
    assert 300 <= len(told) < 310


def test_external_files_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    include = f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}' parse='text'/>"
    text = f"<iati-identifier>A</iati-identifier><title><narrative>T{include}</narrative></title>"
    items = read(inside(text).encode())
    assert "secret'" not in str([item for item in items if isinstance(item, Record)])


def test_lines_are_right_beyond_the_sixteen_bits_of_the_parser() -> None:
    activity = "<iati-activity>\n<iati-identifier/>\n<title\n>\n<narrative\n>A</narrative></title>\n<a/><b/>\n"
    file = written(
        "long.xml", f"<iati-activities>\n{f'{activity}</iati-activity>' * 12_000}</iati-activities>".encode()
    )
    lines = [[line_of(inner) for inner in element.iter()] for _, element in stream(file) if element is not None]
    assert lines == [[first + step for step in (0, 1, 3, 5, 6, 6)] for first in range(2, 84_002, 7)]


def test_memory_does_not_grow_with_the_file() -> None:
    activity = f"<iati-activity><iati-identifier>A</iati-identifier><title>{'x' * 1_000}</title></iati-activity>"
    file = written("grown.xml", f"<iati-activities>{activity * 18_000}</iati-activities>".encode())
    pages = [_resident() for number, _ in enumerate(stream(file)) if number % 1_000 == 500]
    assert len(pages) == 18
    assert max(pages) - pages[0] < 2_000_000


def _resident() -> int:
    """Memory of this process in bytes, with that of libraries in C."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def test_markup_is_found_behind_everything_that_may_stand_before_it() -> None:
    assert first_markup(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <b> -->\n<?go?><a/>") == "<a/>"
    assert first_markup("<!-- ř --><!DOCTYPE a>".encode("utf-16-le")) == "<!DOCTYPE a>"
    assert first_markup(b"<!-- never closed") == "<!-- never closed"
