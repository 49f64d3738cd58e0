"""Positions kept on disk by what the network is, so that its map looks the same tomorrow and is there at once."""

import logging
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from graph_app.network.layout.positions import VERSION, positions
from graph_app.network.network import Floats, Network

__all__ = ["fingerprint", "kept_positions"]

_LOG = logging.getLogger(__name__)
_FOLDER = Path("cache", "layouts")
#: Networks, which do not change, whose names are known; a page asks for that of its network several times.
_KNOWN = 8
#: Maps that are kept: those that were looked at last.
_MOST_KEPT = 200


@lru_cache(maxsize=_KNOWN)
def fingerprint(network: Network) -> str:
    """Name a network by its nodes and ties alone: whoever has the same ones has the same map.

    :param network: the network.
    :returns: 32 hexadecimal digits.
    """
    digest = sha256(f"{VERSION} {len(network.nodes)}\n".encode())
    digest.update("\n".join(network.nodes).encode())
    for values in (network.source, network.target, network.weights["count"]):
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()[:32]


def kept_positions(network: Network, home: Path) -> Floats:
    """Return the positions of a network, computed once.

    :param network: the network.
    :param home: folder of the deployment (``INTGRAPH_HOME``), below which they are kept.
    :returns: x and y of every node, one row each.
    """
    path = home / _FOLDER / f"{fingerprint(network)}.npy"
    try:
        found: Floats = np.load(path, allow_pickle=False)
    except FileNotFoundError:
        pass
    except (ValueError, EOFError, OSError) as error:
        _LOG.warning("The kept map %s cannot be read and is computed anew: %s", path, error)
    else:
        if found.shape == (len(network.nodes), 2):
            _looked_at(path)
            return found
        _LOG.warning("The kept map %s has %s positions and is computed anew", path, found.shape)
    found = positions(network)
    _keep(found, path)
    return found


def _keep(found: Floats, path: Path) -> None:
    """Write whole or not at all; a home that cannot be written to costs time at the next visit, no more."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".npy", delete=False) as half:
            np.save(half, found)
        Path(half.name).replace(path)
        _forget_oldest(path.parent)
    except OSError as error:
        _LOG.warning("The map cannot be kept at %s: %s", path, error)


def _looked_at(path: Path) -> None:
    try:
        path.touch()
    except OSError as error:
        _LOG.debug("The time of %s stays as it is: %s", path, error)


def _forget_oldest(folder: Path) -> None:
    """Delete what nobody has looked at for longest; it is the same when it is computed anew."""
    looked_at = {}
    for path in folder.glob("*.npy"):
        with suppress(FileNotFoundError):  # another process deletes here too
            looked_at[path] = path.stat().st_mtime
    for path in sorted(looked_at, key=looked_at.__getitem__)[:-_MOST_KEPT]:
        path.unlink(missing_ok=True)
