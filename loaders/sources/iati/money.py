"""The money of an activity: its transactions and budgets as records."""

from collections.abc import Iterator

from loaders.findings import Finding, finding
from loaders.keys import record_key
from loaders.records import Cell, Record
from loaders.sources.iati.activity import Activity, Budget, Transaction
from loaders.sources.iati.codes import (
    AMOUNT_KINDS,
    BUDGET_STATUSES,
    BUDGET_TYPES,
    as_concept,
    as_day,
    as_decimal,
    as_word,
    filled,
    read_as,
)
from loaders.sources.iati.identity import digest, exact, mention_key, numbered, said
from loaders.sources.iati.portfolio import Portfolio, located

__all__ = ["budget_records", "transaction_records"]

_TYPES = "transaction-types"


def transaction_records(activity: Activity, project: Cell, portfolio: Portfolio) -> Iterator[Record | Finding]:
    """Yield a transaction and its amount for each transaction, after the organisations that it names.

    :param activity: the activity.
    :param project: cell that refers to it.
    :param portfolio: what was told of the publication.
    """
    keyed = [
        ((f"{project.text}~{_digest(transaction, activity, project.text)}",), _rest(transaction), transaction)
        for transaction in activity.transactions
    ]
    for parts, transaction in numbered(keyed):
        key = "~".join(parts)
        provider, described = portfolio.mention(transaction.provider, project.text)
        yield from described
        receiver, described = portfolio.mention(transaction.receiver, project.text)
        yield from described
        kind = as_concept(transaction.type, _TYPES)
        fields = filled(
            project=project,
            transaction_type=kind,
            date=as_day(transaction.date),
            provider=provider,
            receiver=receiver,
            provider_project=portfolio.reference(transaction.provider_activity),
            receiver_project=portfolio.reference(transaction.receiver_activity),
            number=transaction.number,
            description=transaction.description,
        )
        yield Record("transaction", (key,), transaction.source, fields)
        meaning = as_word(kind, AMOUNT_KINDS) if kind is not None and kind.text in AMOUNT_KINDS else None
        parent = filled(transaction=read_as(project, key), amount_kind=meaning)
        yield from _amount((key,), parent, transaction, activity)


def budget_records(activity: Activity, project: Cell) -> Iterator[Record | Finding]:
    """Yield an amount of the project for each budget.

    :param activity: the activity.
    :param project: cell that refers to it.
    """
    keyed = []
    for budget in activity.budgets:
        fields = filled(
            project=project,
            **{"from": as_day(budget.start), "to": as_day(budget.end)},
            status=as_word(budget.status, BUDGET_STATUSES),
            budget_type=as_word(budget.type, BUDGET_TYPES),
        )
        keyed.append((_budget_key(budget, activity, fields), said(budget.value), (budget, fields)))
    for key, (budget, fields) in numbered(keyed):
        fields["amount_kind"] = ((budget.value or project)._replace(text="budget", source=""),)
        yield from _amount(key, fields, budget, activity)


def _amount(
    key: tuple[str, ...],
    fields: dict[str, tuple[Cell, ...]],
    money: Transaction | Budget,
    activity: Activity,
) -> Iterator[Record | Finding]:
    if money.value is None:
        return
    currency = money.currency or activity.currency
    if currency is None:
        yield finding("iati-no-currency", located(money.source, money.value), value=money.value.text)
    sums = filled(value=as_decimal(money.value), currency=currency, value_date=as_day(money.value_date))
    yield Record("amount", key, money.source, fields | sums)


def _digest(transaction: Transaction, activity: Activity, project: str) -> str:
    return digest(
        (
            said(as_concept(transaction.type, _TYPES)),
            said(transaction.date),
            exact(transaction.value),
            said(transaction.currency or activity.currency).upper(),
            mention_key(transaction.provider, project),
            mention_key(transaction.receiver, project),
        )
    )


def _rest(transaction: Transaction) -> str:
    return said(
        transaction.number,
        transaction.value_date,
        transaction.description,
        transaction.provider_activity,
        transaction.receiver_activity,
    )


def _budget_key(budget: Budget, activity: Activity, fields: dict[str, tuple[Cell, ...]]) -> tuple[str, ...]:
    """Return the key of a budget, in which equal numbers and days count as equal however they are written."""
    currency = said(budget.currency or activity.currency).upper()
    parts = fields | filled(
        amount_kind=Cell("budget"),
        value=Cell(exact(budget.value) or "_"),
        currency=Cell(currency) if currency else None,
        value_date=as_day(budget.value_date),
    )
    return record_key("amount", "", parts)
