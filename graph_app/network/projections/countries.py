"""Countries that projects join: where they take place, or where their organisations have their seats."""

from graph_app.network.projections.projection import Projection, one_mode
from loaders.vocabulary import IG

__all__ = ["COUNTRIES"]

COUNTRIES = Projection(
    "countries",
    {"en": "Countries joined by projects", "cs": "Země spojené projekty"},
    lambda filters: "project-seats" if filters.place == "seat" else "project-countries",
    one_mode("place"),
    (str(IG.Country),),
)
