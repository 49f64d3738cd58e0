"""Target groups that the same projects serve."""

from graph_app.network.projections.projection import Projection, one_mode
from loaders.vocabulary import IG

__all__ = ["TARGET_GROUPS"]

TARGET_GROUPS = Projection(
    "target-groups",
    {"en": "Target groups served together", "cs": "Cílové skupiny oslovované společně"},
    lambda _: "project-target-groups",
    one_mode("group"),
    (str(IG.TargetGroup),),
)
