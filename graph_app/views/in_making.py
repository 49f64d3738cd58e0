"""What pages say of a release whose store is still being made."""

from graph_app.components.escape import escape
from graph_app.components.messages import problem
from graph_app.components.texts import text
from graph_app.questions.errors import StoreInMaking

__all__ = ["say_in_making"]


def say_in_making(error: StoreInMaking) -> None:
    """Say that a question has to wait for the store, and why columns do not answer it.

    :param error: what the engine said.
    """
    declined = error.declined and text("in_making.declined", reason=escape(error.declined))
    problem(text("in_making"), declined or text("in_making.oxigraph"))
