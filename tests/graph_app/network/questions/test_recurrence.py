from graph_app.network.questions.recurrence import Recurrence, recurrences
from tests.graph_app.network.questions.made import made

NETWORK = made(p="ab", q="abc", r="bc", s="cd")
YEARS = {"p": (2001, 2002), "q": (2003, 2004), "r": (2005, 0)}


def test_several_projects_make_a_recurring_partnership() -> None:
    assert recurrences(NETWORK, YEARS) == (
        Recurrence("b", "c", ("q", "r"), 2003, 2005, 1),
        Recurrence("a", "b", ("p", "q"), 2001, 2004, 0),
    )


def test_what_ended_has_an_end_before_that_year() -> None:
    ended = recurrences(NETWORK, YEARS, minimum=1, ended_before=2005)
    assert [(one.first, one.second) for one in ended] == [("b", "c"), ("a", "b"), ("a", "c")]
    assert recurrences(NETWORK, YEARS, minimum=1, ended_before=2004) == ()
    assert recurrences(made(p="a"), YEARS, ended_before=2004) == ()
