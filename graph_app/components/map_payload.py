"""A map as bytes for the browser: packed arrays of numbers and one text of names, where objects would take seconds."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from graph_app.network.colouring import Colouring
from graph_app.network.network import Network
from graph_app.network.strongest import strongest

__all__ = ["MOST_TIES", "Packed", "message", "packed_graph", "packed_view"]

#: Names and little-endian types of packed arrays, with their lengths.
Packed = tuple[list[tuple[str, str, int]], bytes]

#: More ties than this are lost on each other, and cost a browser seconds.
MOST_TIES = 150_000
_LEVEL = 1
_END_OF_NAME = "\n"


def packed_graph(network: Network) -> Packed:
    """Pack what a map stands on: names of nodes, how many others each is tied to, and ties.

    :param network: the network.
    """
    drawn = strongest(network, MOST_TIES)
    count = network.weights["count"][drawn]
    widths = np.round(255 * np.sqrt(count / count.max())) if len(drawn) else np.zeros(0)
    apart = network.source != network.target
    ends = np.concatenate([network.source[apart], network.target[apart]])
    labels = network.attributes.get("label", network.nodes)
    names = _END_OF_NAME.join(
        " ".join(str(name).split()) or iri for name, iri in zip(labels, network.nodes, strict=True)
    )
    return _packed(
        {
            "source": network.source[drawn].astype("<i4"),
            "target": network.target[drawn].astype("<i4"),
            "tie": drawn.astype("<i4"),
            "shared": np.minimum(count, 2**31 - 1).astype("<i4"),
            "width": widths.astype("u1"),
            # Of all ties, where only the strongest are drawn.
            "partners": np.bincount(ends, minlength=len(network)).astype("<i4"),
            "names": np.frombuffer(names.encode(), dtype="u1"),
        }
    )


def packed_view(positions: npt.ArrayLike, colour: Colouring, size: npt.ArrayLike) -> Packed:
    """Pack how a map looks: where nodes stand, their colours and sizes.

    :param positions: x and y of every node.
    :param colour: their colours.
    :param size: their radii in pixels.
    """
    places = np.asarray(positions, dtype="<f4").reshape(-1, 2)
    return _packed(
        {
            "x": places[:, 0].copy(),
            "y": places[:, 1].copy(),
            "colour": colour.places,
            "size": np.asarray(size, dtype="<f4"),
        }
    )


def message(head: Mapping[str, Any], *parts: Packed) -> bytes:
    """Put packed parts together after what tells how to read them.

    :param head: anything that JSON holds.
    :param parts: packed arrays.
    :returns: length of the head in four bytes, the head, and the parts.
    """
    told = {**head, "parts": [{"arrays": arrays, "length": len(content)} for arrays, content in parts]}
    start = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return len(start).to_bytes(4, "little") + start + b"".join(content for _, content in parts)


def _packed(arrays: Mapping[str, npt.NDArray[Any]]) -> Packed:
    told = [(name, f"{values.dtype.kind}{values.dtype.itemsize}", len(values)) for name, values in arrays.items()]
    # The widest values first, so that each array begins where its type may begin.
    told.sort(key=lambda item: -int(item[1][1:]))
    return told, zlib.compress(b"".join(arrays[name].tobytes() for name, _, _ in told), _LEVEL)
