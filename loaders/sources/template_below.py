"""The rows of a template sheet as they are needed: one by one down to the header, as many as wanted below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders.findings import Finding
from loaders.sources.tables import Pace, Row, Rows, Table

__all__ = ["Below", "items_of"]


def items_of(table: Table, pace: Pace) -> Iterator[Row | Rows | Finding]:
    """Return the rows of a table, findings in between.

    :param table: the table.
    :param pace: how many rows are wanted together; one comes by itself.
    """
    if table.many is None:
        yield from table.rows
        return
    for item in table.many(pace):
        if isinstance(item, Rows) and len(item.cells) == 1:
            yield from item.each()
        else:
            yield item


@dataclass(slots=True)
class Below:
    """What stands below a header.

    :param header: row of the header.
    :param filled: number of rows that tell something.
    :param comments: rows that are there for people.
    """

    header: int
    filled: int = 0
    comments: list[Row] = field(default_factory=list)

    def told(self, items: Iterable[Row | Rows | Finding]) -> Iterator[Row | Rows | Finding]:
        """Yield rows that tell something, findings in between."""
        for item in items:
            if isinstance(item, Finding):
                yield item
            elif isinstance(item, Rows) and item.filled:
                self.filled += len(item.cells)
                yield item
            else:
                for row in [item] if isinstance(item, Row) else item.each():
                    if row.number <= self.header or row.blank:
                        continue
                    if row.comment:
                        self.comments.append(row)
                    else:
                        self.filled += 1
                        yield row
