"""The two ways in which loading can fail: one record, or the whole run."""


class LoaderError(Exception):
    """Any failure that loading raises on purpose; its text is a sentence for people."""


class RecordError(LoaderError):
    """One record cannot be used; the run reports it and goes on with the next."""


class SourceError(LoaderError):
    """The source cannot be read at all; the run must stop and take nothing in."""
