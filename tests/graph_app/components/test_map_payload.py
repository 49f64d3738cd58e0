import json
import zlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.components.map_payload import message, packed_graph, packed_view
from graph_app.network.colouring import by_group, radii
from graph_app.network.strongest import strongest
from tests.graph_app.network.made import degrees, made_network, tied


def opened(content: bytes):
    """Read as the browser does."""
    length = int.from_bytes(content[:4], "little")
    head, rest = json.loads(content[4 : 4 + length]), content[4 + length :]
    parts = []
    for part in head["parts"]:
        raw, rest = zlib.decompress(rest[: part["length"]]), rest[part["length"] :]
        arrays = {}
        for name, kind, count in part["arrays"]:
            size = count * int(kind[1:])
            arrays[name], raw = np.frombuffer(raw[:size], dtype=f"<{kind}"), raw[size:]
        assert raw == b""
        parts.append(arrays)
    assert rest == b""
    return head, *parts


def packed(network):
    colour = by_group("Type", network.attributes["type"], others="Others", not_stated="–")
    size = radii(degrees(network))
    places = np.arange(2 * len(network.nodes), dtype=np.float64).reshape(-1, 2)
    return opened(message({"key": "č"}, packed_graph(network), packed_view(places, colour, size))), colour, size, places


def test_everything_arrives() -> None:
    network = made_network(150)
    (head, graph, view), colour, size, places = packed(network)
    assert head["key"] == "č"
    assert np.array_equal(graph["source"], network.source)
    assert np.array_equal(graph["target"], network.target)
    assert np.array_equal(graph["shared"], network.weights["count"])
    assert np.array_equal(graph["partners"], degrees(network))
    assert graph["width"].max() == 255
    assert graph["names"].tobytes().decode().split("\n") == list(network.attributes["label"])
    assert np.array_equal(np.stack([view["x"], view["y"]], axis=1), places)
    assert np.array_equal(view["colour"], colour.places)
    assert np.array_equal(view["size"], size)


def test_a_network_without_anything_arrives() -> None:
    _, graph, view = packed(tied(0, []))[0]
    assert all(len(values) == 0 for values in (*graph.values(), *view.values()))


@settings(max_examples=50)
@given(st.lists(st.text(), min_size=1, max_size=20))
def test_a_name_is_one_line_whatever_stands_in_it(names: list[str]) -> None:
    network = tied(len(names), [])
    network.attributes["label"][:] = names
    _, graph, _ = packed(network)[0]
    arrived = graph["names"].tobytes().decode().split("\n")
    expected = [" ".join(name.split()) or iri for name, iri in zip(names, network.nodes, strict=True)]
    assert arrived == expected


def test_too_many_ties_leave_the_strongest() -> None:
    network = made_network(150)
    kept = strongest(network, 40)
    count = network.weights["count"]
    assert len(kept) == 40
    assert list(kept) == sorted(kept)
    assert count[kept].min() >= np.delete(count, kept).max()
    assert np.array_equal(strongest(network, len(count)), np.arange(len(count)))
