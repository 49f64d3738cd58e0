"""Whether an identifier has the form that its register gives out: length, alphabet and check digits."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph_app.identity.described import Code

__all__ = ["has_form", "is_placeholder"]

#: Crockford's Base32, which leaves out i, l, o and u.
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_CHARITY = re.compile(r"\d{6,7}", re.ASCII)
_COMPANY = re.compile(r"\d{1,8}|[a-z]{2}\d{6}|[a-z]{2}\d{5}[a-z]", re.ASCII)
_PIC = re.compile(r"[89]\d{8}", re.ASCII)


def has_form(code: Code) -> bool:
    """Tell whether an identifier may be one of its register.

    :param code: the identifier, of which leading zeros are lost and are put back here.
    :returns: whether length, alphabet and check digits are right; true for registers whose form is not known here, and
        false where one and the same digit is repeated, which people write where they have no identifier.
    """
    known = _FORMS.get(code.register)
    return not is_placeholder(code) and (known is None or known(code.number))


def is_placeholder(code: Code) -> bool:
    """Tell whether an identifier is one and the same digit repeated, which people write where they have none.

    :param code: the identifier.
    """
    return len(code.number) > 3 and len(set(code.number)) == 1


def _is_ico(number: str) -> bool:
    """Check a Czech IČO: eight digits, the last one from the weights 8 to 2 modulo 11 (Czech Statistical Office)."""
    if not _digits(number, 8):
        return False
    *digits, check = map(int, number.zfill(8))
    total = sum(weight * digit for weight, digit in zip(range(8, 1, -1), digits, strict=True))
    return check == (11 - total % 11) % 10


def _is_ror(number: str) -> bool:
    """Check a ROR id: 0, six signs of Base32, and two digits after ISO/IEC 7064 MOD 97-10 (ROR documentation)."""
    whole = number.zfill(9)
    if len(whole) != 9 or whole[0] != "0" or set(whole) - set(_BASE32) or not _digits(whole[7:], 2):
        return False
    value = 0
    for sign in whole[1:7]:
        value = value * 32 + _BASE32.index(sign)
    return int(whole[7:]) == 98 - value * 100 % 97


def _is_lei(number: str) -> bool:
    """Check a LEI: 18 letters and digits, and two digits after ISO/IEC 7064 MOD 97-10 (ISO 17442)."""
    whole = number.zfill(20)
    if len(whole) != 20 or not (whole.isascii() and whole.isalnum() and _digits(whole[18:], 2)):
        return False
    return int("".join(str(int(sign, 36)) for sign in whole)) % 97 == 1


def _is_pic(number: str) -> bool:
    """Check a participant identification code: nine digits, of which the first is 8 or 9 (EU Funding & Tenders)."""
    return _PIC.fullmatch(number) is not None


def _is_charity(number: str) -> bool:
    """Check a charity of England and Wales: six or seven digits (Charity Commission register)."""
    return _CHARITY.fullmatch(number) is not None


def _is_company(number: str) -> bool:
    """Check a British company: eight digits, or two letters that tell its kind and six signs (Companies House)."""
    return _COMPANY.fullmatch(number) is not None


def _digits(text: str, most: int) -> bool:
    return 0 < len(text) <= most and text.isascii() and text.isdigit()


_FORMS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "czico": _is_ico,
        **dict.fromkeys(("ror", "xiror"), _is_ror),
        **dict.fromkeys(("lei", "xilei"), _is_lei),
        **dict.fromkeys(("pic", "xipic", "eupic"), _is_pic),
        "gbchc": _is_charity,
        "gbcoh": _is_company,
    }
)
