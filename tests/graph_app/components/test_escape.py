import pytest

from graph_app.components.escape import escape

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Path to Progress", "Path to Progress"),
        ("Člověk v tísni", "Člověk v tísni"),
        ("a\n\n# b", r"a \# b"),
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("[x](https://evil.example)", rf"\[x\]\(https\:{JOINER}\/\/evil\.example\)"),
        ("![x](//evil.example/p.png)", r"\!\[x\]\(\/\/evil\.example\/p\.png\)"),
        ("<img src=x>", r"\<img src\=x\>"),
        ("www.evil.example", rf"www{JOINER}\.evil\.example"),
        (":red[x]", rf"\:{JOINER}red\[x\]"),
        (":material/home:", rf"\:{JOINER}material\/home\:"),
        ("$x$", r"\$x\$"),
        ("jana@example.org", rf"jana\@{JOINER}example\.org"),
        ("2014 -- 2020", rf"2014 \-\-{JOINER} 2020"),
        ("a <-> b -> c", rf"a \<\-\>{JOINER} b \-\>{JOINER} c"),
        (">= 5", rf"\>\={JOINER} 5"),
        ("a--b", r"a\-\-b"),
        ("12 @ 3.50", r"12 \@ 3\.50"),
        (12, "12"),
    ],
)
def test_text_stands_as_it_is(text: object, expected: str) -> None:
    assert escape(text) == expected
