"""All strict functions by name: built-ins and operators, and casts by their IRI."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions import calendar, casts, dates, hashes, numbers, patterns, strings, terms
from graph_app.columns.expressions.operand import Operand

__all__ = ["FUNCTIONS", "VOLATILE", "apply"]

VOLATILE = terms.VOLATILE
FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType(
    {
        name: function
        for module in (terms, strings, patterns, numbers, dates, hashes, casts, calendar)
        for name, function in module.FUNCTIONS.items()
    }
)


def apply(name: str, operands: Sequence[Operand]) -> Operand:
    """Apply a function.

    :param name: name of a built-in in upper case, an operator, or the IRI of a cast.
    :param operands: its arguments.
    :returns: the result; NULL in a row where it is an error.
    :raises Declined: if there is no such function here, it takes another number of arguments, or these ask for more
        than the columns surely know.
    """
    function = FUNCTIONS.get(name)
    if function is None:
        raise Declined(f"the function {name}")
    try:
        inspect.signature(function).bind(*operands)
    except TypeError as error:
        raise Declined(f"{name} takes another number of arguments") from error
    return function(*operands)
