"""What a worker is asked, as the messages of :mod:`graph_app.questions.frames` hold it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph_app.questions.frames import Header
from graph_app.questions.results import Term
from graph_app.questions.router import Choice

__all__ = ["Asked", "write_params"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One query.

    :param text: the query with its parameters in their places.
    :param template: the query with empty places.
    :param params: variable to the terms that go into its place.
    :param engine: ``auto``, ``columns`` or ``oxigraph``.
    :param known: which engine answers it, where that was found out before.
    :param row_limit: most rows or triples to give.
    :param byte_limit: most bytes to give.
    :param media: media type of the answer, or empty.
    :param default_graphs: graphs whose union it reads, or none for all.
    :param named_graphs: graphs that ``GRAPH`` may name, or none for all.
    """

    text: str
    template: str
    params: Mapping[str, Sequence[Term]] = field(hash=False)
    engine: str
    known: Choice | None
    row_limit: int
    byte_limit: int
    media: str
    default_graphs: list[str] | None
    named_graphs: list[str] | None

    @classmethod
    def read(cls, header: Header, body: bytes) -> "Asked":
        """Read a message.

        :param header: its header.
        :param body: its body, the text of the query.
        """
        text, known = body.decode(), header.get("known")
        return cls(
            text=text,
            template=str(header.get("template") or text),
            params=_read_params(str(header.get("params") or "{}")),
            engine=str(header.get("engine") or "auto"),
            known=Choice(**known) if isinstance(known, dict) else None,
            row_limit=int(str(header["row_limit"])),
            byte_limit=int(str(header["byte_limit"])),
            media=str(header["media"]),
            default_graphs=_list(header["default_graphs"]),
            named_graphs=_list(header["named_graphs"]),
        )


def write_params(params: Mapping[str, Sequence[Term]]) -> str:
    """Write parameters for the header of a message.

    :param params: variable to terms.
    """
    return json.dumps(
        {
            name: [(term.kind, term.value, term.language, term.datatype) for term in terms]
            for name, terms in params.items()
            if terms
        }
    )


def _read_params(text: str) -> dict[str, list[Term]]:
    return {name: [Term(*parts) for parts in terms] for name, terms in json.loads(text).items()}


def _list(given: object) -> list[str] | None:
    return given if isinstance(given, list) else None
