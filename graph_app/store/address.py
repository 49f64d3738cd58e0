"""Where a store is: a folder of this machine, or the address of a remote SPARQL engine."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graph_app.store.oxigraph import OxigraphStore, StoreError, open_store

if TYPE_CHECKING:
    from graph_app.store.remote import RemoteStore

__all__ = ["StoreAddress", "open_address"]


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Where a store is; either ``path`` or ``query`` is given, and only the operator gives them.

    :param path: folder of an Oxigraph store.
    :param query: address at which a remote engine takes queries.
    :param user: name to sign in with there.
    :param password: password to sign in with there.
    :param union: IRI of the graph that holds each statement once; empty where the engine's default graph does.
    """

    path: str = ""
    query: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    union: str = ""


def open_address(address: StoreAddress, seconds: float) -> "OxigraphStore | RemoteStore":
    """Open a store for reading. A remote engine is not asked yet; whether it is there, its first query tells.

    :param address: where it is.
    :param seconds: how long a remote engine may take for one query.
    :returns: the store.
    :raises StoreError: if there is no readable store.
    """
    if not address.query:
        if not address.path:
            raise StoreError("A store needs a folder or an address.")
        return open_store(Path(address.path))
    # The client of remote engines takes longer to import than a worker on a local store takes to start.
    from graph_app.store.remote import RemoteStore  # noqa: PLC0415

    return RemoteStore(address, seconds)
