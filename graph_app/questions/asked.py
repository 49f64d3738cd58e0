"""What a worker is asked, as the messages of :mod:`graph_app.questions.frames` hold it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from graph_app.questions.frames import Header
from graph_app.questions.results import Term
from graph_app.questions.router import AUTO, Choice

__all__ = ["ARROW", "Asked"]

#: Media type of an answer as arrays, see :mod:`graph_app.questions.arrays`.
ARROW = "application/vnd.apache.arrow.stream"


@dataclass(frozen=True, slots=True)
class Asked:
    """One query.

    :param text: the query with its parameters in their places.
    :param row_limit: most rows or triples to give.
    :param byte_limit: most bytes to give.
    :param template: the query with empty places.
    :param params: variable to the terms that go into its place.
    :param engine: ``auto``, ``columns`` or ``oxigraph``.
    :param media: media type of the answer, or empty.
    :param default_graphs: graphs whose union it reads, or none for all.
    :param named_graphs: graphs that ``GRAPH`` may name, or none for all.
    :param known: which engine answers it, where that was found out before.
    """

    text: str
    row_limit: int
    byte_limit: int
    template: str = ""
    params: Mapping[str, Sequence[Term]] = field(default_factory=dict, hash=False)
    engine: str = AUTO
    media: str = ""
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    known: Choice | None = None

    def __post_init__(self) -> None:
        """Take the text itself for the template where there is none."""
        if not self.template:
            object.__setattr__(self, "template", self.text)

    def header(self, seconds: float, known: Choice | None) -> Header:
        """Write the header of a message; its body is the text.

        :param seconds: how long the worker has.
        :param known: which engine answers it, where that was found out before.
        """
        params = {
            name: [(term.kind, term.value, term.language, term.datatype) for term in terms]
            for name, terms in self.params.items()
        }
        return {
            "seconds": seconds,
            "row_limit": self.row_limit,
            "byte_limit": self.byte_limit,
            "template": self.template if self.template != self.text else "",
            "params": json.dumps(params) if params else "",
            "engine": self.engine,
            "media": self.media,
            "default_graphs": _list(self.default_graphs),
            "named_graphs": _list(self.named_graphs),
            "known": asdict(known) if known is not None else None,
        }

    @classmethod
    def read(cls, header: Header, body: bytes) -> "Asked":
        """Read a message.

        :param header: its header.
        :param body: its body, the text of the query.
        """
        known = header.get("known")
        return cls(
            text=body.decode(),
            row_limit=int(str(header["row_limit"])),
            byte_limit=int(str(header["byte_limit"])),
            template=str(header.get("template") or ""),
            params=_read_params(str(header.get("params") or "{}")),
            engine=str(header.get("engine") or AUTO),
            media=str(header["media"]),
            default_graphs=_list(header["default_graphs"]),
            named_graphs=_list(header["named_graphs"]),
            known=Choice(**known) if isinstance(known, dict) else None,
        )


def _read_params(text: str) -> dict[str, list[Term]]:
    return {name: [Term(*parts) for parts in terms] for name, terms in json.loads(text).items()}


def _list(given: object) -> list[str] | None:
    return list(given) if isinstance(given, list | tuple) else None
