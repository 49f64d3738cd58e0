from graph_app.network.questions.leads import COORDINATOR, Led, leads

ROWS = [
    Led("a", "p", COORDINATOR, "CZE", 2020),
    Led("a", "p", COORDINATOR, "AUT", 2020),
    Led("a", "p", "implementing", "CZE", 2020),
    Led("b", "q", COORDINATOR, "CZE", 2024),
    Led("b", "r", COORDINATOR, "DEU", 2010),
    Led("c", "s", "implementing", "CZE"),
    Led("d", "t", COORDINATOR),
]


def test_whoever_is_known_in_most_of_the_countries_comes_first() -> None:
    first, second, third = leads(ROWS, ["CZE", "AUT"])
    assert (first.iri, first.coordinated, first.carried_out, first.countries) == ("a", ("p",), (), ("AUT", "CZE"))
    assert (second.iri, second.coordinated, second.last) == ("b", ("q",), 2024)
    assert (third.iri, third.coordinated, third.carried_out, third.last) == ("c", (), ("s",), 0)


def test_without_countries_who_has_coordinated_most_comes_first() -> None:
    assert [one.iri for one in leads(ROWS)] == ["b", "a", "d", "c"]
