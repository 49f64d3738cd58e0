"""NetworKit, one user at a time: its random numbers and threads are those of the whole process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np

from graph_app.network.network import Floats, Numbers

__all__ = ["LIBRARY", "SEED", "begin_again", "kit_graph", "the_kit"]

#: NetworKit and what is its own; it tells no types.
Kit: TypeAlias = Any

LIBRARY = "NetworKit"
#: Everything that draws lots begins here, so that a figure is the same tomorrow.
SEED = 20
_lock = threading.Lock()


@contextmanager
def the_kit(threads: int = 1) -> Iterator[Kit]:
    """Give NetworKit for as long as the block lasts.

    With one thread what draws lots gives the same result again; and on a machine with other work several threads, where
    they wait for one another, take longer than one.

    :param threads: threads that it may use.
    """
    import networkit  # noqa: PLC0415 - takes a second, which only networks should

    with _lock:
        networkit.setNumberOfThreads(threads)
        begin_again(networkit, SEED)
        yield networkit


def begin_again(kit: Kit, seed: int) -> None:
    """Have random numbers begin at a seed.

    :param kit: NetworKit.
    :param seed: the seed.
    """
    kit.setSeed(seed, False)  # noqa: FBT003 - no stream of its own for each thread


def kit_graph(
    kit: Kit, size: int, source: Numbers, target: Numbers, weights: Floats | None = None, *, directed: bool = False
) -> Kit:
    """Make a NetworKit graph.

    :param kit: NetworKit.
    :param size: number of nodes.
    :param source: number of the node that each tie begins at; some algorithms end the process where there is no tie.
    :param target: number of the node that it ends at.
    :param weights: weight of each tie, or none.
    :param directed: whether ties have a direction.
    :raises ValueError: if there is no tie.
    """
    if not len(source):
        raise ValueError("A network without ties is no work for NetworKit.")
    # It reads the memory of whole arrays of this type, whatever it is given.
    ends = (np.ascontiguousarray(source, np.intp), np.ascontiguousarray(target, np.intp))
    given = ends if weights is None else (np.ascontiguousarray(weights, np.float64), ends)
    return kit.GraphFromCoo(given, n=size, weighted=weights is not None, directed=directed)
