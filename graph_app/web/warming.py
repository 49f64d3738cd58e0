"""What the first visitors of a server would wait for, done before they come."""

import logging

from graph_app.network.asking import asking
from graph_app.network.filters import Filters
from graph_app.network.projections import PROJECTIONS, project
from graph_app.questions.current import current_engine
from graph_app.questions.errors import QueryError
from graph_app.questions.results import Table
from graph_app.releases.release import NoRelease
from graph_app.settings import Settings

__all__ = ["warm_up"]

_log = logging.getLogger(__name__)

_ANY = "SELECT ?organisation WHERE { ?consortium ig:member ?organisation } LIMIT 1"


def warm_up(settings: Settings) -> None:
    """Make a small network, as pages of entities do: a worker opens its columns for it and plans the queries.

    :param settings: settings of the deployment.
    """
    try:
        with current_engine(settings).lease() as engine:
            found = engine.ask(_ANY)
            for row in found if isinstance(found, Table) else ():
                filters = Filters.from_json({"organisation": [row["organisation"].value]})
                project(PROJECTIONS["organisations"], filters, asking(engine))
    except (NoRelease, QueryError) as error:  # whoever asks is told the same
        _log.info("Nothing can be warmed up: %s", error)
