"""The ways in which loading can fail: one value, one record, or the whole run."""

from loaders.findings import Finding

__all__ = ["LoaderError", "RecordError", "SourceError", "SourceFault", "ValueFault"]


class LoaderError(Exception):
    """Any failure that loading raises on purpose; its text is a sentence for people."""


class RecordError(LoaderError):
    """One record cannot be used; the run reports it and goes on with the next."""


class ValueFault(RecordError):
    """One value cannot be used; whoever knows its cell makes the finding.

    :param rule: rule of ``messages/``.
    :param details: what else its message names in braces.
    """

    def __init__(self, rule: str, **details: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.details = details


class SourceError(LoaderError):
    """The source cannot be read at all; the run must stop and take nothing in."""


class SourceFault(SourceError):
    """A source that cannot be read, for a reason that has a place in it.

    :param finding: what is wrong and where; its English message is the error's text.
    :param further: what else is wrong, where a reader can tell more than the first reason.
    """

    def __init__(self, finding: Finding, *further: Finding) -> None:
        place = f"{finding.location}: " if finding.location else ""
        super().__init__(place + finding.text())
        self.finding = finding
        self.findings = (finding, *further)

    def __reduce__(self) -> tuple[type["SourceFault"], tuple[Finding, ...]]:
        """Let it pass from one process to another."""
        return type(self), self.findings
