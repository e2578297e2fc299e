"""What a comment may be about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.questions import AboutKind
from bot.domain.subjects import subject_kinds, subject_numbers
from tests import samples


def test_one_writes_only_about_what_there_is() -> None:
    plain = replace(samples.dossier(), services=(), budget=None, agenda=())

    assert subject_kinds(plain) == (AboutKind.HEARING,)
    assert subject_kinds(samples.dossier()) == (
        AboutKind.HEARING,
        AboutKind.STRATEGY,
        AboutKind.SERVICE,
        AboutKind.BUDGET,
        AboutKind.LINE,
        AboutKind.AGENDA,
    )


@pytest.mark.parametrize("kind", AboutKind)
def test_lists_give_their_numbers_and_the_rest_gives_none(kind: AboutKind) -> None:
    dossier = samples.dossier()
    assert dossier.budget is not None
    listed = {
        AboutKind.SERVICE: [service.no for service in dossier.services],
        AboutKind.LINE: [line.no for line in dossier.budget.lines],
        AboutKind.AGENDA: [item.no for item in dossier.agenda],
    }
    assert list(subject_numbers(dossier, kind)) == listed.get(kind, [])
    assert subject_numbers(replace(dossier, services=(), budget=None, agenda=()), kind) == ()
