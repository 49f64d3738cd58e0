"""Ask, see and check the graph: store, releases, questions, validation, networks, pages and command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_app.questions.graph import Graph

__all__ = ["Graph"]


def __getattr__(name: str) -> object:
    """Load what programs use when they ask for it, since every part of the program begins by importing this."""
    if name == "Graph":
        from graph_app.questions.graph import Graph  # noqa: PLC0415

        return Graph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
