"""Times as people tell them: how long ago, with the exact time at hand."""

from datetime import UTC, datetime, timedelta

from babel.dates import format_timedelta

from graph_app.components.texts import language

__all__ = ["ago", "exactly"]

#: Nothing that is kept was made in the future, however clocks differ.
_A_SECOND = timedelta(seconds=1)


def ago(time: datetime) -> str:
    """Say how long ago something was, in the reader's language.

    :param time: when it was.
    """
    return format_timedelta(min(time - datetime.now(UTC), -_A_SECOND), add_direction=True, locale=language())


def exactly(time: datetime) -> str:
    """Write a time to the minute, in UTC.

    :param time: the time.
    """
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
