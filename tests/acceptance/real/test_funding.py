"""Money of IOM's portfolio counted by the rule: the figures that its publisher's tables come to."""

import numpy as np
import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from graph_app.money import totals
from graph_app.money.book import Book
from graph_app.money.flows import flows
from graph_app.money.reading import read_book
from graph_app.money.rule import Counted, Scope, count
from loaders.datasets import NO_TERMS, Dataset
from loaders.load import load_lines
from loaders.vocabulary import prefixes
from tests.acceptance.real.test_networks import REAL, asking_columns

IOM = REAL / "iati" / "iom-2022"
DG_HOME = "European%20Commission%20-%20Migration%20and%20Home%20Affairs"

pytestmark = pytest.mark.skipif(not IOM.is_dir(), reason="the real files of IATI are not here")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("iom")
    dataset = Dataset("iom", {"en": "IOM"}, "iati-tables", "iati", language="en", terms=NO_TERMS)
    texts = [item for item in load_lines(IOM, dataset) if isinstance(item, str)]
    lines = sorted({line for text in texts for line in text.splitlines(keepends=True)})
    (folder / "iom.nq").write_text("".join(lines), encoding="utf-8")
    build_columns(folder / "columns", folder / "iom.nq")
    return read_book(asking_columns(ColumnStore.open(folder / "columns")))


def counted(book: Book, *, givers: tuple[str, ...] = (), countries: tuple[str, ...] = ()) -> Counted:
    return count(book, Scope(np.ones(len(book.projects), bool), givers=givers, countries=countries))


def dollars(found: Counted) -> float:
    currencies = totals.by_currency(found)
    assert set(currencies) == {"USD"}
    return round(currencies["USD"][0], 2)


def test_the_whole_portfolio(book: Book) -> None:
    found = counted(book)
    assert len(book.projects) == 3_183
    assert len(found.amount) == 3_183
    assert dollars(found) == 12_591_378_517.12
    # Budgets say the money of the transactions again; to add them is the naive sum.
    assert {reason: len(places) for reason, places in found.left_out.items()} == {"other_place": 8_183}
    assert found.silent == 0
    assert len(totals.by(found, "donor").names) >= 383


def test_one_donor(book: Book) -> None:
    (donor,) = [name for name in book.givers.texts if DG_HOME in name]
    found = counted(book, givers=(donor,))
    assert dollars(found) == 713_673_088.12
    assert len(np.unique(found.project)) == 19


def test_one_country_by_its_shares(book: Book) -> None:
    found = counted(book, countries=(prefixes()["country"] + "GRC",))
    assert dollars(found) == 732_606_686.88


def test_countries(book: Book) -> None:
    found = totals.by(counted(book), "country")
    assert len(found.names) == 173
    stated = np.unique(book.shares_project)
    assert len(book.projects) - len(stated) == 554


def test_what_flows_in_flows_out(book: Book) -> None:
    found = counted(book)
    through = flows(found, 12)
    whole = totals.in_all(found).euros
    for column in ("donor", "programme", "project"):
        sums = sum(flow.value for flow in through if flow.column == column)
        assert sums == pytest.approx(whole, rel=1e-6)
