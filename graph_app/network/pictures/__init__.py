"""Maps of networks as pictures to take away."""

from graph_app.network.pictures.described import caption_of, described
from graph_app.network.pictures.page import as_page
from graph_app.network.pictures.picture import Picture, as_png, as_svg

__all__ = ["Picture", "as_page", "as_png", "as_svg", "caption_of", "described"]
