"""Every term comes back exactly, whatever N-Quads may hold."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding import build_columns, terms
from tests.graph_app.columns.encoding.decoding import built, catalogue, decoded, parsed, rows

XSD = "http://www.w3.org/2001/XMLSchema#"
#: Characters that a term may hold but that some reader of lines or tables takes for something else.
STRANGE = "\0\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufeff\ufffe\U0010ffff'`<>{}|^#@_:,;. é漢\u0301"
CHARACTERS = st.one_of(st.sampled_from(STRANGE), st.characters(exclude_categories=["Cs"]))
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
IRIS = st.one_of(
    st.sampled_from(["urn:a", "urn:b", "http://example.org/é", "urn:\\u00e9", "urn:x\\U0001F600"]),
    st.text("abc/é?:.~'", min_size=1).map("urn:x{}".format),  # "urn://" would begin the name of a host
)
BLANKS = st.sampled_from(["_:b", "_:0", "_:a.b", "_:a-b", "_:A_1", "_:é"])
TEXTS = st.one_of(
    st.sampled_from(
        ["", "a", "5", "-0", "1.50", "true", "2024-02-29", "NaN", "\\u0041", "\\U0001F600", "\\t\\b\\f\\'"]
    ),
    st.text(CHARACTERS, max_size=20).map(lambda text: "".join(ESCAPES.get(one, one) for one in text)),
)
SUFFIXES = st.one_of(
    st.sampled_from(["", "@en", "@cs-CZ", "@CS-cz"]),
    st.sampled_from(["string", "integer", "decimal", "double", "date", "boolean", "byte"]).map(
        lambda name: f"^^<{XSD}{name}>"
    ),
    IRIS.map("^^<{}>".format),
)
SUBJECTS = st.one_of(IRIS.map("<{}>".format), BLANKS)
OBJECTS = st.one_of(SUBJECTS, st.builds('"{}"{}'.format, TEXTS, SUFFIXES))
SPACES = st.sampled_from([" ", " ", " ", "\t", "  ", " \t "])
ENDS = st.sampled_from([".\n", ".\n", ".\r\n", " .\n", ". # <urn:a> .\n", ".\n\n# comment\n", " .\r"])


@st.composite
def statements(draw: st.DrawFn) -> str:
    graph = draw(st.one_of(st.just(""), SUBJECTS))
    terms = [draw(SUBJECTS), draw(IRIS.map("<{}>".format)), draw(OBJECTS), *([graph] if graph else [])]
    if draw(st.booleans()):
        return f"{' '.join(terms)} .\n"
    return "".join(one + draw(SPACES) for one in terms) + draw(ENDS)


@pytest.mark.parametrize("examples", [40, pytest.param(2_000, marks=pytest.mark.soak)])
def test_every_term_comes_back(examples: int) -> None:
    settings(max_examples=examples, deadline=None)(given(lines=st.lists(statements(), max_size=12))(comes_back))()


def comes_back(lines: list[str]) -> None:
    text = "".join(lines)
    with TemporaryDirectory() as folder:
        columns = built(Path(folder), text)
        assert decoded(columns) == parsed(text)
        assert catalogue(columns).triples == len(parsed(text))


@pytest.mark.parametrize("strange", [one for one in STRANGE if one not in "\n\r"], ids=lambda one: f"U+{ord(one):04X}")
def test_strange_characters_stay_where_they_are(tmp_path: Path, strange: str) -> None:
    text = f'<urn:s> <urn:p> "{strange}" .\n<urn:s> <urn:p> "a{strange}b"@en <urn:g> .\n<urn:s> <urn:p> "c" .\n'
    assert decoded(built(tmp_path, text)) == parsed(text)


def test_a_very_long_literal_comes_back(tmp_path: Path) -> None:
    plain, escaped = "á b" * 4_000_000, '\\"\\n\\u00e9 ' * 500_000
    text = f'<urn:s> <urn:p> "{plain}" .\n<urn:s> <urn:q> "{escaped}"@en .\n<urn:s> <urn:p> "c" .'
    assert decoded(built(tmp_path, text)) == parsed(text)


def test_lines_longer_than_a_block_and_lines_without_an_end_are_whole(tmp_path: Path) -> None:
    text = "".join(f'<urn:s{n}> <urn:p> "{"x" * 997} {n % 1000}" .\n' for n in range(40_000)).removesuffix("\n")
    columns = built(tmp_path, text)
    assert rows(columns, "SELECT count(*), count(DISTINCT s), count(DISTINCT o) FROM triple") == [
        (40_000, 40_000, 1_000)
    ]


def test_an_empty_graph_has_columns(tmp_path: Path) -> None:
    columns = built(tmp_path, "")
    assert decoded(columns) == []
    assert catalogue(columns).triples == 0


def test_terms_are_numbered_in_their_order(tmp_path: Path) -> None:
    text = '<urn:b> <urn:a> "a" .\n_:z <urn:a> "a"@en .\n<urn:é> <urn:a> "Z" .\n<urn:b> <urn:a> 5 .\n'.replace(
        "5", f'"5"^^<{XSD}integer>'
    )
    order = "SELECT lex, id FROM term ORDER BY kind, lex, datatype, lang"
    assert rows(built(tmp_path, text), order) == [
        ("urn:a", 1), ("urn:b", 2), ("urn:é", 3), ("z", 4), ("Z", 5), ("a", 6), ("a", 7), ("5", 8),
    ]  # fmt: skip


def test_several_files_make_one_graph(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("<urn:s> <urn:p> <urn:o> <urn:g> .\n<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    (tmp_path / "b.nq").write_text("<urn:s> <urn:p> <urn:o> <urn:h> .\n<urn:t> <urn:p> <urn:o> .\n")
    build_columns(tmp_path / "columns", tmp_path / "a.nq", tmp_path / "b.nq")
    assert catalogue(tmp_path / "columns").triples == 2
    assert rows(tmp_path / "columns", "SELECT s.lex, graphs FROM shared JOIN term AS s ON s.id = s") == [("urn:s", 2)]


GOOD = "<urn:s> <urn:p> <urn:o> <urn:g> .\n"


@pytest.mark.parametrize(
    "line",
    [
        "<urn:s> <urn:p> .",
        "<urn:s> <urn:p> <urn:o>",
        "<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .",
        "<urn:s> _:b <urn:o> .",
        '"s" <urn:p> <urn:o> .',
        '<urn:s> "p" <urn:o> .',
        '<urn:s> <urn:p> <urn:o> "g" .',
        '<urn:s> <urn:p> "o .',
        '<urn:s> <urn:p> "o"o" .',
        '<urn:s> <urn:p> "o"@ .',
        '<urn:s> <urn:p> "o"@e_n .',
        '<urn:s> <urn:p> "o"^^xsd:string .',
        '<urn:s> <urn:p> "\\x" .',
        '<urn:s> <urn:p> "\\uD800" .',
        '<urn:s> <urn:p> "\\U00110000" .',
        "<urn:s> <urn:p> <o> .",
        "<urn:s> <urn:p> <urn:\\u0020> .",
        "<urn:s> <urn:p> <urn:a b> .",
        "<urn:s> <urn:p> <urn:{a}> .",
        "<urn:s> <urn:p> _:b. <urn:g> .",
        "<urn:s> <urn:p> _:-b .",
        "<urn:s> <urn:p> 5 .",
        "@prefix a: <urn:a> .",
        "<urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o> .",
        "<urn:s> <urn:p> <urn:o> <urn:g>. x",
        "<urn:s> <urn:p> <urn:o> <\\u0000> .",
        "\ufeff<urn:s> <urn:p> <urn:o> .",
    ],
)
def test_what_is_no_statement_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(ColumnsError, match=r"content\.nq, line 3 is not N-Quads"):
        built(tmp_path, f"{GOOD}\n{line}\n{GOOD}", "content")
    assert not (tmp_path / "content").exists()


def test_what_is_no_text_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(ColumnsError, match="line 2 is not N-Quads"):
        built(tmp_path, GOOD.encode() + b'<urn:s> <urn:p> "\xff" .\n')


def test_columns_are_never_written_over(tmp_path: Path) -> None:
    built(tmp_path, GOOD)
    with pytest.raises(ColumnsError, match="cannot be made"):
        built(tmp_path, GOOD)
    assert catalogue(tmp_path / "columns").triples == 1


def test_content_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ColumnsError, match=r"nothing\.nq cannot be read"):
        build_columns(tmp_path / "columns", tmp_path / "nothing.nq")


def test_terms_whose_hashes_meet_are_told_apart_by_their_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_HASHED", "SELECT id, kind, 0::UBIGINT AS hash FROM {}")
    text = '<urn:s> <urn:p> "a" .\n<urn:s> <urn:p> "a"@en .\n<urn:a> <urn:p> <urn:s> .\n'
    assert decoded(built(tmp_path, text)) == parsed(text)
