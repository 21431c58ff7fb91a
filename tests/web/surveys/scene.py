"""What ``surveys`` adds to the scene: a closed round with groups, and one that is open."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from keino.web.organisations.models import Role
from tests.factories.surveys import a_closed_round, an_open_round

ROUND = "Confidential round 7341"
GROUP = "Confidential group 7342"


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
    long_ago = timezone.localdate() - dt.timedelta(days=90)
    scene.closed_round = a_closed_round(
        scene.organisation, {GROUP: [2, 3, 4, 2, 3], "Others": [5] * 6}, closed_on=long_ago, name=ROUND
    )
    # the people who answered were made for it alone: the other pages keep their small cast
    Role.objects.filter(organisation=scene.organisation, valid_from__lt=long_ago).exclude(
        person__in=scene.people.values()
    ).update(valid_to=long_ago)
    scene.open_round = an_open_round(scene.organisation, groups=[GROUP, "Others"], name=f"{ROUND} again", kind="end")
    scene.secrets += [ROUND, GROUP]
