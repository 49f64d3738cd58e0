"""Whom a provider vouches for: verified addresses and subjects, for as long as a sign-in counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph_app.journal.deployment import open_journal
from graph_app.settings import Settings
from graph_app.stewardship.actors import Role
from graph_app.stewardship.errors import NotAllowed
from graph_app.stewardship.review import approve
from graph_app.stewardship.signing_in import SignedOut, signed_in
from tests.graph_app.stewardship.conftest import HandIn

NOW = datetime.now(UTC).timestamp()
ROLES = """\
jana@example.org: [steward]
eva@example.org: [reviewer]
8f2c: [operator]
sub:kim@idp.example: [reviewer]
"""
VERIFIED = {"email": "Jana@Example.org", "email_verified": True}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "roles.yaml"
    path.write_text(ROLES, encoding="utf-8")
    return path


#: Claims to the name that stands in the journal and the roles beside viewer.
VOUCHED = [
    ({"sub": "1", **VERIFIED}, "jana@example.org", {Role.STEWARD}),
    ({"sub": "8f2c", **VERIFIED}, "jana@example.org", {Role.STEWARD, Role.OPERATOR}),
    ({"sub": "8f2c"}, "8f2c", {Role.OPERATOR}),
    ({"sub": "1"}, "1", set()),
    ({"sub": "1", "email": "jana@example.org"}, "1", set()),
    ({"sub": "1", "email": "jana@example.org", "email_verified": False}, "1", set()),
    ({"sub": "1", "email": "jana@example.org", "email_verified": "true"}, "1", set()),
    ({"sub": "1", "email": "8f2c", "email_verified": True}, "1", set()),
    ({"sub": "eva@example.org"}, "sub:eva@example.org", set()),
    ({"sub": "eva@example.org", **VERIFIED}, "jana@example.org", {Role.STEWARD}),
    ({"sub": "kim@idp.example"}, "sub:kim@idp.example", {Role.REVIEWER}),
    ({"sub": "1", "roles": ["reviewer"], "role": "reviewer", "groups": ["operator"]}, "1", set()),
    ({"sub": "1", "name": "eva@example.org", "preferred_username": "eva@example.org"}, "1", set()),
]


@pytest.mark.parametrize(("claims", "name", "roles"), VOUCHED)
def test_verified_addresses_and_subjects_have_roles(
    people: Path, claims: dict[str, object], name: str, roles: set[Role]
) -> None:
    actor = signed_in({"iat": NOW, **claims}, Settings(roles=str(people)))
    assert actor is not None
    assert (actor.name, actor.roles) == (name, roles | {Role.VIEWER})


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": " "}, {"sub": None}, {"sub": 7}, VERIFIED])
def test_without_a_subject_there_is_nobody(people: Path, claims: dict[str, object]) -> None:
    assert signed_in({"iat": NOW, **claims}, Settings(roles=str(people))) is None


def test_without_a_time_there_is_nobody(people: Path) -> None:
    assert signed_in({"sub": "8f2c"}, Settings(roles=str(people))) is None


def test_a_sign_in_counts_from_when_it_was_given(people: Path) -> None:
    settings, now = Settings(roles=str(people), oidc_lifetime=3600), datetime.now(UTC).timestamp()
    actor = signed_in({"sub": "8f2c", "iat": now - 3500, "exp": now - 3000}, settings)
    assert actor is not None
    assert not actor.ended, "what exp says is for the moment of signing in"
    late = signed_in({"sub": "8f2c", "iat": now - 3610, "exp": now + 3000}, settings)
    assert late is not None
    assert late.ended


def test_who_has_signed_out_has_so_everywhere(tmp_path: Path) -> None:
    out, beside = SignedOut(tmp_path / "home" / "out.json"), SignedOut(tmp_path / "home" / "out.json")
    claims = {"iss": "https://login.example", "sub": "8f2c", "iat": NOW, "nonce": "a"}
    actor = signed_in(claims, Settings())
    assert actor is not None
    assert not out.holds(claims)
    out.note(claims, actor)
    assert out.holds(dict(claims))
    assert not out.holds(claims | {"nonce": "b"}), "a later sign-in is another one"
    assert not out.holds(claims | {"sub": "9"})
    assert beside.holds(claims), "another process knows it"
    assert SignedOut(tmp_path / "home" / "out.json").holds(claims), "and so does a server that was started anew"
    kept = (tmp_path / "home" / "out.json").read_text()
    assert "8f2c" not in kept
    assert "login.example" not in kept
    other = claims | {"nonce": "c"}
    beside.note(other, replace(actor, until=datetime.now(UTC) - timedelta(seconds=1)))
    out.note(claims | {"nonce": "d"}, actor)
    assert [SignedOut(tmp_path / "home" / "out.json").holds(one) for one in (claims, other)] == [True, False]


def test_a_damaged_note_of_who_has_signed_out_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("{no json", encoding="utf-8")
    claims = {"iss": "https://login.example", "sub": "8f2c", "iat": NOW, "nonce": "a"}
    actor = signed_in(claims, Settings())
    assert actor is not None
    assert not SignedOut(path).holds(claims)
    SignedOut(path).note(claims, actor)
    assert SignedOut(path).holds(claims)


def test_a_role_that_was_taken_away_and_a_sign_in_that_ended_refuse_the_next_command(
    settings: Settings, hand_in: HandIn, people: Path
) -> None:
    ident = hand_in().submission.id
    settings = Settings(home=settings.home, data=settings.data, roles=str(people))
    eva = signed_in({"sub": "2", "iat": NOW, "email": "eva@example.org", "email_verified": True}, settings)
    assert eva is not None
    assert Role.REVIEWER in eva.roles
    head = open_journal(settings).head
    people.write_text(ROLES.replace("eva@example.org: [reviewer]", "eva@example.org: [viewer]"), encoding="utf-8")
    with pytest.raises(NotAllowed, match=r"needs the role reviewer, and eva@example.org has viewer"):
        approve(ident, eva, settings)
    people.write_text(ROLES, encoding="utf-8")
    old = datetime.now(UTC) - timedelta(seconds=settings.oidc_lifetime + 1)
    late = signed_in({"sub": "8f2c", "iat": old.timestamp()}, settings)
    assert late is not None
    with pytest.raises(NotAllowed, match=r"The sign-in of 8f2c has ended. Sign in again"):
        approve(ident, late, settings)
    assert open_journal(settings).head == head
    assert approve(ident, eva, settings).changed


def test_one_person_under_two_names_is_no_second_pair(settings: Settings, hand_in: HandIn, people: Path) -> None:
    people.write_text("8f2c: [steward, reviewer]\njana@example.org: [reviewer]\n", encoding="utf-8")
    settings = Settings(home=settings.home, data=settings.data, roles=str(people), second_pair=True)
    before = signed_in({"sub": "8f2c", "iat": NOW}, settings)
    assert before is not None
    ident = hand_in(actor=before).submission.id
    after = signed_in({"sub": "8f2c", "iat": NOW, **VERIFIED}, settings)
    assert after is not None
    assert after.name == "jana@example.org"
    with pytest.raises(NotAllowed, match="another reviewer has to approve"):
        approve(ident, after, settings)
