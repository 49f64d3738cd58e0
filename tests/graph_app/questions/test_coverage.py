"""What is said of projects that lack what an answer stands on."""

import pytest

from graph_app.questions.catalogue import Question, questions
from graph_app.questions.coverage import FACTS, Share, lacking, shares, shares_of
from graph_app.questions.engine import Engine


def test_every_fact_of_the_query_has_words(small_engine: Engine) -> None:
    assert set(shares(small_engine.answer)) == set(FACTS)


@pytest.mark.parametrize("question", questions().values(), ids=questions())
def test_questions_stand_on_known_facts(question: Question) -> None:
    assert set(question.stands_on) <= set(FACTS)
    # Questions about sources, and about partnerships beside projects, stand on nothing that projects state.
    assert question.stands_on or question.group == "quality" or question.name == "standing-partnerships"


def test_what_an_answer_stands_on_is_counted(small_engine: Engine) -> None:
    question = questions()["projects-in-both-countries"]
    (country,) = shares_of(question, {}, small_engine.answer)
    table = small_engine.ask(
        "SELECT (COUNT(DISTINCT ?p) AS ?all) (COUNT(DISTINCT ?q) AS ?stated) "
        "{ ?p a ig:Project OPTIONAL { ?p ig:country ?c BIND(?p AS ?q) } }"
    )
    (row,) = table
    assert country == Share("country", int(row["stated"].value), int(row["all"].value))


@pytest.mark.parametrize(
    ("given", "english", "czech"),
    [
        ((), "", ""),
        ((Share("country", 0, 0),), "", ""),
        (
            (Share("country", 15, 20), Share("donor", 20, 20)),
            "Not stated: country of activity in 5 of 20 projects (25%).",
            "Neuvedeno: země působení u 5 z 20 projektů (25\u00a0%).",
        ),
        (
            (Share("country", 4, 4), Share("donor", 4, 4)),
            "Stated by all 4 projects: country of activity, donor.",
            "Uvádějí všechny projekty (4): země působení, dárce.",
        ),
    ],
)
def test_it_is_said_in_a_line(given: tuple[Share, ...], english: str, czech: str) -> None:
    assert (lacking(given), lacking(given, "cs")) == (english, czech)
