"""Where the nodes of a network stand on its map."""

from graph_app.network.layout.kept import fingerprint, kept_positions
from graph_app.network.layout.positions import positions

__all__ = ["fingerprint", "kept_positions", "positions"]
