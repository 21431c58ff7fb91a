"""The demo's sparring, peers and alumni: made by the services, the same after a second filling."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.cohorts.models import (
    DigitalCase,
    EditionClosing,
    FollowUpTask,
    GroupNoteVersion,
    LessonTemplate,
    SparringSession,
)
from keino.web.operations.demo import sparring
from keino.web.operations.demo.programmes import COMPLETED, RUNNING
from keino.web.plans.models import Action
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, text_of

pytestmark = pytest.mark.django_db


def test_filling_twice_makes_each_thing_once() -> None:
    centre = an_organisation(slug="esimerkkikeskus", kind="competence_centre")
    places = {"esimerkkikeskus": centre} | {slug: an_organisation(slug=slug) for slug in sparring.TAKE_PART}
    an_edition(centre, state="running", slug=RUNNING)
    an_edition(centre, state="completed", slug=COMPLETED)
    someone_who_is("coordinator", centre)
    for slug in sparring.TAKE_PART:
        someone_who_is("responsible_person", places[slug])
    someone_who_is("expert", centre, about=places["ostoniemi"])
    someone_who_is("mentor", centre, about=places["inkopsvik"])
    counts = []
    for _time in range(2):
        sparring.fill(places)
        counts.append((SparringSession.objects.count(), Action.objects.count(), GroupNoteVersion.objects.count()))
    assert counts[0] == counts[1]
    assert set(SparringSession.objects.values_list("state", flat=True)) == {"held", "agreed"}
    assert DigitalCase.objects.get().end == "buy"
    assert GroupNoteVersion.objects.count() == 2
    assert LessonTemplate.objects.get().reuses.count() == 2
    closing = EditionClosing.objects.get()
    assert closing.follow_up_year >= timezone.localdate().year
    assert FollowUpTask.objects.count() == 1 + len(sparring.TAKE_PART)
    directory = text_of(as_(None).get(reverse("cohorts:alumni")))
    assert "2 alumni" in directory
