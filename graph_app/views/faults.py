"""What a page, or a part of one that is drawn by itself, says where the graph does not answer."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from graph_app.components.escape import escape
from graph_app.components.messages import problem
from graph_app.components.texts import text
from graph_app.questions.errors import QueryError, StoreInMaking
from graph_app.releases.release import NoRelease
from graph_app.views.in_making import say_in_making

__all__ = ["say_faults"]

_log = logging.getLogger(__name__)


@contextmanager
def say_faults() -> Iterator[None]:
    """Say in words why what is drawn within got no answer."""
    try:
        yield
    except NoRelease as error:
        problem(text("no_release"), escape(error))
    except StoreInMaking as error:
        say_in_making(error)
    except QueryError as error:
        _log.exception("A page got no answer.")
        problem(text("not_answered"), escape(error))
