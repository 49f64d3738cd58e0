from pathlib import Path

import pytest

from graph_app.questions.catalogue import GROUPS, CatalogueError, questions, read_question, view, with_prefixes
from graph_app.questions.parameters import Parameter

QUESTION = """\
#+ summary: {en: Projects active in a month, cs: Projekty aktivní v měsíci}
#+ description:
#+   en: Both ends count.
#+ tags: [time]
#+ params:
#+   month: {type: month, default: 2024-01, required: true, label: {en: Month, cs: Měsíc}}
#+   country: {type: country, multiple: true}
#+   lang: language
#+ returns: [project]
SELECT ?project WHERE {
  VALUES ?month { UNDEF }
  # ex:notThis
  ?project a ig:Project ; <urn:x> "role:notThis"
}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "group" / "active.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_says_all_about_a_question(tmp_path: Path) -> None:
    question = read_question(written(tmp_path, QUESTION))
    assert (question.name, question.group, question.tags, question.returns) == (
        "active",
        "group",
        ("time",),
        ("project",),
    )
    assert question.summary == {"en": "Projects active in a month", "cs": "Projekty aktivní v měsíci"}
    assert question.description == {"en": "Both ends count."}
    assert question.params == (
        Parameter("month", "month", {"en": "Month", "cs": "Měsíc"}, required=True, default="2024-01"),
        Parameter("country", "country", multiple=True),
        Parameter("lang", "language"),
    )
    assert question.text.startswith("SELECT ?project WHERE {\n")
    assert "#+" not in question.text


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("#+ summary: {en: Projects active in a month, cs: Projekty aktivní v měsíci}\n", "", "needs at least"),
        ("#+ tags: [time]", "#+ tags: [time", "cannot be read"),
        ("#+ tags: [time]", "#+ tag: [time]", "unknown keys tag;"),
        ("lang: language", "lang: tongue", "parameter lang needs a type"),
        ("multiple: true", "many: true", "unknown keys many;"),
        ("en: Both", "de: Beide", "maps en and cs"),
        ("lang: language", "lang: {type: [language]}", "parameter lang needs a type"),
        ("#+ tags: [time]", "#+ tags: 5", "tags is a list"),
        ("#+ tags: [time]", "#+ 5: 5\n#+ tag: 5", "unknown keys 5, tag;"),
        ("#+ tags: [time]", "#+ tags: [a]\n#+ tags: [b]", "cannot be read"),
    ],
)
def test_a_broken_header_is_named(old: str, new: str, part: str, tmp_path: Path) -> None:
    assert old in QUESTION
    with pytest.raises(CatalogueError, match=part) as caught:
        read_question(written(tmp_path, QUESTION.replace(old, new)))
    assert "active.rq" in str(caught.value)


def test_parameters_that_are_no_mapping_are_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="params maps the name"):
        read_question(written(tmp_path, "#+ summary: {en: Any}\n#+ params: [month]\nASK {}\n"))


def test_what_a_header_leaves_empty_is_empty(tmp_path: Path) -> None:
    header = "#+ summary: {en: Any}\n#+ params:\n#+ tags:\n#+ returns:\n#+ description:\n"
    question = read_question(written(tmp_path, f"{header}ASK {{ ?s ?p 'a\u2028b' }}\n"))
    assert (question.params, question.tags, question.returns, question.description) == ((), (), (), {})
    assert question.text == "ASK { ?s ?p 'a\u2028b' }\n"


def test_needed_prefixes_are_put_before_a_query() -> None:
    assert with_prefixes('SELECT * { ?s a ig:Project ; ex:a "role:x" . # tg:y\n }').splitlines()[:3] == [
        "PREFIX ig: <https://w3id.org/integration-graph/ontology#>",
        "",
        'SELECT * { ?s a ig:Project ; ex:a "role:x" . # tg:y',
    ]
    own = "PREFIX ig: <urn:x:>\nSELECT * { ?s a ig:Project }"
    assert with_prefixes(own) == own
    assert with_prefixes("ASK {}") == "ASK {}"


def test_the_library_is_grouped_and_named_by_its_files() -> None:
    library = questions()
    assert {question.group for question in library.values()} <= set(GROUPS)
    assert all(name == question.name for name, question in library.items())


def test_views_are_found_by_name() -> None:
    assert view("labels").returns
    with pytest.raises(KeyError):
        view("no-such-view")
