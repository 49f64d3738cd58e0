from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.identity.registers import Register, register, registers

REGISTERS = st.sampled_from(registers())


@pytest.mark.parametrize(
    ("scheme", "kind", "code", "address"),
    [
        ("XI-ROR", "organisation", "05asf4e91", "https://ror.org/05asf4e91"),
        ("ror", "", "05asf4e91", "https://ror.org/05asf4e91"),
        ("CZ-ICO", "organisation", "281 79 609", "https://ares.gov.cz/ekonomicke-subjekty/res/28179609"),
        ("ISNI", "organisation", "0000 0001 2248 1234", "https://isni.org/isni/0000000122481234"),
        ("GB-NIC", "organisation", "NIC100019", "https://www.charitycommissionni.org.uk/charity-details/?regId=100019&subId=0"),
        ("FR-RCS", "organisation", "512 788 308 00025", "https://annuaire-entreprises.data.gouv.fr/entreprise/512788308"),
        ("AU-ABN", "organisation", "52 093 617 380", "https://abr.business.gov.au/ABN/View?id=52093617380"),
        ("DOI", "project", "10.3030/101/a b", ""),
        ("DOI", "project", "10.3030/101", "https://doi.org/10.3030%2F101"),
        ("IATI", "project", "XM-DAC-5-7/é", "https://d-portal.org/q.html?aid=XM-DAC-5-7%2F%C3%A9"),
        ("CZ-ICO", "organisation", "1234", ""),
        ("CZ-ICO", "organisation", "٢٨١٧٩٦٠٩", ""),
        ("XI-WIKIDATA", "organisation", "javascript:alert(1)", ""),
    ],
)  # fmt: skip
def test_codes_lead_to_their_register(scheme: str, kind: str, code: str, address: str) -> None:
    known = register(scheme, kind)
    assert known is not None
    assert known.address(code) == address


@pytest.mark.parametrize(
    ("scheme", "kind"),
    [
        ("IATI", "organisation"),
        ("PIC", "project"),
        ("XI-GRID", "organisation"),
        ("XI-IATI", "project"),
        ("operation-local-identifier", ""),
    ],
)
def test_codes_that_number_something_else_stay_text(scheme: str, kind: str) -> None:
    assert register(scheme, kind) is None


def test_every_scheme_belongs_to_one_register() -> None:
    schemes = [scheme for one in registers() for scheme in one.schemes]
    assert len(schemes) == len(set(schemes))
    assert all(scheme == scheme.upper() for scheme in schemes)


@given(REGISTERS, st.one_of(st.text(), st.from_regex(r"[A-Z]{0,3}[0-9]{4,12}[-/.A-Z0-9]*", fullmatch=True)))
def test_any_code_leads_to_that_register_or_nowhere(one: Register, code: str) -> None:
    judge(one, code)


@given(st.data())
def test_every_code_of_a_register_leads_to_it(data: st.DataObject) -> None:
    one = data.draw(REGISTERS)
    code = data.draw(st.from_regex(one.code, fullmatch=True))
    assert judge(one, code) or len(code) > 200 or code != code.strip()


def judge(one: Register, code: str) -> str:
    address = one.address(code)
    if not address:
        return ""
    parts, template = urlsplit(address), urlsplit(one.template)
    assert (parts.scheme, parts.netloc) == ("https", template.netloc)
    before, _, after = one.template.partition("{code}")
    assert address.startswith(before)
    assert address.endswith(after)
    inner = address[len(before) : len(address) - len(after)]
    assert address.isascii()
    assert address.isprintable()
    assert not set(inner) & set(' "<>\\^`{}|#?&/:@')
    assert unquote(inner) in code.translate({ord(sign): None for sign in one.drop})
    return address
