"""The refusals of this room: a query that it leaves to another engine, and columns that cannot be used."""

__all__ = ["ColumnsError", "Declined"]


class Declined(Exception):
    """A query is not answered here; another engine answers it.

    :param reason: why, as the end of the sentence "Columns decline …".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ColumnsError(Exception):
    """Columns cannot be made or opened; the text is a sentence for people."""
