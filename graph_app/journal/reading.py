"""Read kept files through their source, and hand what they give to whoever keeps it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from graph_app.journal.fresh import Fresh
from graph_app.journal.inbox import Inbox
from graph_app.journal.keeper import Keeper
from graph_app.journal.loads import Load
from loaders.batches import Batch
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.records import Record
from loaders.tally import Tally

__all__ = ["NOBODY", "nobody_looks", "read_kept"]

#: Keeps nothing.
NOBODY = Keeper()


def nobody_looks(_: Record | Batch) -> None:
    """Take no notice of a record."""


def read_kept(
    load: Fresh | Load,
    inbox: Inbox,
    base: str,
    tally: Tally,
    listen: Callable[[Finding], None] = lambda _: None,
    keeper: Keeper = NOBODY,
    look: Callable[[Record | Batch], None] = nobody_looks,
    *,
    beside: bool = True,
) -> None:
    """Read files of an inbox; nothing is kept here but counts.

    :param load: the files, and what they are.
    :param inbox: where they are; each is checked before it is read.
    :param base: base of all instance IRIs.
    :param tally: counts what is read.
    :param listen: told of every finding as it comes.
    :param keeper: handed the statements.
    :param look: told of each record that is taken, by itself or in a batch.
    :param beside: whether a large file may be read in a process of its own.
    :raises SourceError: if the files cannot be read at all.
    :raises JournalError: if a file of the inbox is missing or was changed.
    """

    def seen(taken: Record | Batch) -> None:
        tally.take(taken)
        look(taken)

    def lines(laid: Path) -> Iterator[str]:
        for item in load_lines(laid, load.dataset, base=base, look=seen, beside=beside):
            if isinstance(item, Finding):
                tally.find(item)
                listen(item)
            else:
                yield item

    with inbox.lend(load.files, name=load.name, folder=load.folder) as laid:
        keeper.write(lines(laid))
