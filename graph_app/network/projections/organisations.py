"""Organisations that work in the same projects and standing partnerships."""

from graph_app.network.projections.projection import Projection, one_mode
from loaders.vocabulary import IG

__all__ = ["ORGANISATIONS"]

ORGANISATIONS = Projection(
    "organisations",
    {"en": "Organisations by shared projects", "cs": "Organizace podle společných projektů"},
    lambda _: "memberships",
    one_mode("member"),
    (str(IG.Organisation),),
)
