"""What reading a file has come to: how many records of which kind, and what was skipped or changed."""

from collections import Counter
from dataclasses import dataclass, field

from loaders.batches import Batch
from loaders.findings import Effect, Finding
from loaders.records import Record

__all__ = ["Tally"]

#: Findings of one rule that are kept as examples; a published file can have hundreds of thousands.
_EXAMPLES = 1_000


@dataclass(slots=True)
class Tally:
    """Counts while a file is read.

    :param records: kind of entity to the number of its records that were taken.
    :param rules: rule to the number of its findings.
    :param effects: effect to the number of findings that have it.
    :param examples: the first findings of each rule, in the order of the file.
    """

    records: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    effects: Counter[Effect] = field(default_factory=Counter)
    examples: list[Finding] = field(default_factory=list)

    def take(self, taken: Record | Batch) -> None:
        """Count a record that is taken in, or a batch of them.

        :param taken: the record or batch.
        """
        self.records[taken.kind] += len(taken.keys) if isinstance(taken, Batch) else 1

    def find(self, *findings: Finding) -> None:
        """Count findings, and keep those that are among the first of their rule."""
        for found in findings:
            self.rules[found.rule] += 1
            self.effects[found.effect] += 1
            if self.rules[found.rule] <= _EXAMPLES:
                self.examples.append(found)

    @property
    def taken(self) -> int:
        """Number of records that were taken."""
        return self.records.total()

    @property
    def read(self) -> int:
        """Number of records that were read: those taken and those skipped."""
        return self.taken + self.effects[Effect.RECORD_SKIPPED]

    @property
    def untold(self) -> int:
        """Number of findings that are counted and not kept."""
        return self.rules.total() - len(self.examples)
