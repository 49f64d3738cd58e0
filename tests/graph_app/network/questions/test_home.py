from graph_app.network.questions.home import HomeOnly, home_only
from tests.graph_app.network.questions.made import made


def test_a_partner_of_unknown_seat_is_counted_and_one_abroad_is_decisive() -> None:
    network = made(p="abc", q="ade", r="f")
    seats = {"a": "CZ", "b": "CZ", "c": "", "d": "CZ", "e": "AT", "f": "CZ"}
    found = home_only(network, [seats[node] for node in network.nodes])
    assert found == (HomeOnly("b", "CZ", 2, 1),)
