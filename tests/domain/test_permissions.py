"""What each role may do on the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.domain.hearings import Hearing, Phase
from bot.domain.people import Actor, Grant, Role
from bot.domain.permissions import ROLES_THAT_MAY, Permission, ensure_visible, municipalities_where, permissions_of
from bot.domain.places import PlaceTree
from tests import samples

PLACES = PlaceTree(
    tuple(replace(place, id=number) for number, (place, _) in enumerate(samples.places(), start=1)), "Asia/Bishkek"
)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.SECRETARY, set(Permission)),
        (
            Role.MEMBER,
            {
                *(Permission.READ_DESK, Permission.DOWNLOAD, Permission.DECIDE, Permission.READ_JOURNAL),
                *(Permission.ENTER, Permission.JUDGE, Permission.TRANSCRIBE, Permission.MARK_DONE),
            },
        ),
        (
            Role.MODERATOR,
            {Permission.READ_DESK, *(Permission.MODERATE, Permission.CHAIR, Permission.JUDGE, Permission.TRANSCRIBE)},
        ),
    ],
)
def test_a_role_has_its_permissions_in_its_municipality_alone(role: Role, allowed: set[Permission]) -> None:
    actor = Actor(1, "ky", grants=(Grant(3, role),))
    assert permissions_of(actor, 3) == allowed
    assert permissions_of(actor, 4) == set()


def test_every_act_stands_in_the_one_table_of_acts_and_roles() -> None:
    assert set(ROLES_THAT_MAY) == set(Permission)
    table = {permission.name: {role.value for role in roles} for permission, roles in ROLES_THAT_MAY.items()}
    assert table == {
        "READ_DESK": {"secretary", "member", "moderator"},
        "JUDGE": {"secretary", "member", "moderator"},
        "DOWNLOAD": {"secretary", "member"},
        "MODERATE": {"secretary", "moderator"},
        "TRANSCRIBE": {"secretary", "member", "moderator"},
        "DECIDE": {"secretary", "member"},
        "ENTER": {"secretary", "member"},
        "CLOSE_ENTRIES": {"secretary"},
        "CONFIRM": {"secretary"},
        "MARK_DONE": {"secretary", "member"},
        "RECORD_COUNCIL": {"secretary"},
        "CHAIR": {"secretary", "moderator"},
        "PREPARE": {"secretary"},
        "INVITE": {"secretary"},
        "REVOKE": {"secretary"},
        "READ_JOURNAL": {"secretary", "member"},
        "REMIND": {"secretary"},
    }


def test_roles_add_up_and_an_administrator_has_every_permission_everywhere() -> None:
    both = Actor(1, "ky", grants=(Grant(3, Role.MEMBER), Grant(3, Role.MODERATOR)))
    assert {Permission.DECIDE, Permission.MODERATE} <= permissions_of(both, 3)
    assert Permission.PREPARE not in permissions_of(both, 3)
    assert permissions_of(Actor(1, "ky", administrator=True), 99) == set(Permission)


def test_the_desk_offers_the_municipalities_of_a_role() -> None:
    first, second, *_ = PLACES.municipalities
    actor = Actor(1, "ky", grants=(Grant(first.id, Role.MEMBER), Grant(second.id, Role.SECRETARY)))
    assert municipalities_where(actor, Permission.READ_DESK, PLACES) == (first, second)
    assert municipalities_where(actor, Permission.PREPARE, PLACES) == (second,)
    assert municipalities_where(Actor(1, "ky"), Permission.READ_DESK, PLACES) == ()


def test_a_draft_is_visible_to_its_staff_alone() -> None:
    draft = Hearing(1, "bagysh-2026-1", 3, Phase.DRAFT, 1, samples.dossier())
    ensure_visible(Actor(1, "ky", grants=(Grant(3, Role.MODERATOR),)), draft)
    for actor in (Actor(1, "ky"), Actor(1, "ky", grants=(Grant(4, Role.SECRETARY),))):
        with pytest.raises(NotFound):
            ensure_visible(actor, draft)
        ensure_visible(actor, replace(draft, phase=Phase.CANCELLED))
