"""Whether an identifier can be one of its register: its length, its signs and its check digits."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from graph_app.identity.described import Code

__all__ = ["has_right_form"]

_ROR_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_ANY = re.compile(r"(?=.*\d)[a-z0-9]{3,}")
#: Identifiers that publishers chose themselves: unique among projects of IATI, and not at all among organisations.
_OF_PROJECTS = frozenset({"iati", "xiiati"})


def has_right_form(code: Code, kind: str) -> bool:
    """Tell whether an identifier can be one of its register.

    Of a register whose form is not known here, it has to have a digit and three signs. What is of no register, or was
    chosen by the publisher alone, tells of no organisation.

    :param code: the identifier.
    :param kind: ``organisation`` or ``project``.
    """
    if code.register in _OF_PROJECTS:
        return kind == "project" and _ANY.fullmatch(code.number) is not None
    if not code.register:
        return False
    check = _CHECKS.get(code.register)
    return check(code.number) if check is not None else _ANY.fullmatch(code.number) is not None


def _form(pattern: str, length: int = 0) -> Callable[[str], bool]:
    """Return a check of the form alone; leading zeros, which a :class:`Code` has not, count."""
    form = re.compile(pattern, re.ASCII)
    return lambda number: form.fullmatch(number.zfill(length)) is not None


def _digits(number: str, length: int) -> list[int]:
    """Return the digits of a number, none where it is of another length."""
    filled = number.zfill(length)
    return [int(digit) for digit in filled] if len(filled) == length and filled.isdecimal() and filled.isascii() else []


def _weighed(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True))


def _modulo_11(weights: Sequence[int], prefix: str = "") -> Callable[[str], bool]:
    """Return the check of registers whose last digit makes the weighed sum a multiple of eleven."""

    def check(number: str) -> bool:
        digits = _digits(number.removeprefix(prefix), len(weights) + 1)
        return bool(digits) and (_weighed(digits[:-1], weights) + digits[-1]) % 11 == 0

    return check


def _czech_or_slovak(number: str) -> bool:
    digits = _digits(number, 8)
    return bool(digits) and (11 - _weighed(digits[:-1], range(8, 1, -1))) % 11 % 10 == digits[-1]


def _belgian(number: str) -> bool:
    digits = number.zfill(10)
    return bool(_digits(number, 10)) and 97 - int(digits[:8]) % 97 == int(digits[8:])


def _french(number: str) -> bool:
    digits = _digits(number if len(number) <= 9 else number[:9], 9)
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)]
    return len(number) in {*range(6, 10), 14} and bool(digits) and sum(doubled) % 10 == 0


def _ror(number: str) -> bool:
    """Check by ISO 7064, modulo 97-10, over digits to the base of 32."""
    filled = number.zfill(9)
    if re.fullmatch(rf"0[{_ROR_DIGITS}]{{6}}[0-9]{{2}}", filled) is None:
        return False
    value = 0
    for sign in filled[:7]:
        value = value * 32 + _ROR_DIGITS.index(sign)
    return 98 - value * 100 % 97 == int(filled[7:])


def _lei(number: str) -> bool:
    """Check by ISO 17442, whose letters are numbers from 10 on."""
    filled = number.zfill(20)
    form = re.fullmatch(r"[a-z0-9]{18}[0-9]{2}", filled)
    return form is not None and int("".join(str(int(sign, 36)) for sign in filled)) % 97 == 1


def _isni(number: str) -> bool:
    """Check by ISO 7064, modulo 11-2."""
    filled = number.zfill(16)
    if re.fullmatch(r"[0-9]{15}[0-9x]", filled) is None:
        return False
    total = 0
    for sign in filled[:-1]:
        total = (total + int(sign)) * 2
    return (12 - total % 11) % 11 == (10 if filled[-1] == "x" else int(filled[-1]))


#: Register, folded, to the check of the numbers that it gives, as the registers and standards publish it.
_CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "czico": _czech_or_slovak,
        "skico": _czech_or_slovak,
        "skorsr": _czech_or_slovak,
        "xiror": _ror,
        "ror": _ror,
        "xilei": _lei,
        "lei": _lei,
        "isni": _isni,
        "xiisni": _isni,
        "pic": _form(r"\d{8,9}"),
        "xipic": _form(r"\d{8,9}"),
        "eupic": _form(r"\d{8,9}"),
        "xiwikidata": _form(r"q[1-9]\d*"),
        "wikidata": _form(r"q[1-9]\d*"),
        "gbchc": _form(r"[1-9]\d{5,6}"),
        "gbsc": _form(r"sc\d{6}"),
        "gbnic": _form(r"(?:nic)?\d{6}"),
        "gbcoh": _form(r"\d{8}|[a-z]{2}\d{6}|[a-z]{2}\d{5}[a-z]", 8),
        "nlkvk": _form(r"\d{8}", 8),
        "nobrc": _modulo_11((3, 2, 7, 6, 5, 4, 3, 2)),
        "dkcvr": _modulo_11((2, 7, 6, 5, 4, 3, 2)),
        "chfdjp": _modulo_11((5, 4, 3, 2, 7, 6, 5, 4), "che"),
        "bebcekbo": _belgian,
        "frrcs": _french,
    }
)
