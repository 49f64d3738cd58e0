from graph_app.network.questions.partners import Partner, partners
from graph_app.network.questions.suggestions import suggestions
from tests.graph_app.network.questions.made import made

NETWORK = made(p="ab", q="ab", r="ac", s="bd", t="cd", u="ce", v="f")


def test_partners_come_with_what_is_shared_and_when() -> None:
    years = {"p": (2001, 2003), "q": (2005, 2006)}
    assert partners(NETWORK, years, "a") == (Partner("b", ("p", "q"), 2001, 2006), Partner("c", ("r",), 0, 0))
    assert partners(NETWORK, years, "f") == ()


def test_suggestions_name_the_partners_in_common() -> None:
    first, second = suggestions(NETWORK, "a")
    assert (first.iri, first.through) == ("d", {"b": ("s",), "c": ("t",)})
    assert (second.iri, second.through) == ("e", {"c": ("u",)})


def test_what_is_looked_for_comes_first_and_leaves_out_the_rest() -> None:
    assert [(one.iri, one.fitting) for one in suggestions(NETWORK, "a", ["u", "r"])] == [("e", ("u",))]
    assert suggestions(NETWORK, "a", []) == ()
