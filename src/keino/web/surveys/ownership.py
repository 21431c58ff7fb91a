"""Studies and interviews that need a new owner when a person leaves the centre."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.surveys.models import Interview, Study, StudyRound

if TYPE_CHECKING:
    from keino.web.base.models import Person

MAY = "surveys.manage_forms"


def _owned(person: Person, organisation: Model) -> Iterable[Owned]:
    for study in Study.objects.filter(owner=person, organisation=organisation.pk).order_by("pk"):
        yield Owned(
            key=f"study:{study.public_id}",
            kind=_("Study"),
            title=str(study),
            url=reverse("surveys:study", args=[study.public_id]),
            give_to=partial(_give_study, study.pk),
            seen_with=MAY,
        )
    rounds = StudyRound.objects.filter(interviews__interviewer=person, study__organisation=organisation.pk).distinct()
    for round_ in rounds.select_related("study").order_by("pk"):
        yield Owned(
            key=f"interviews:{round_.public_id}",
            kind=_("Interviews"),
            title=str(round_),
            url=reverse("surveys:interviews", args=[round_.study.public_id, round_.year]),
            give_to=partial(_give_interviews, round_.pk, person),
            seen_with=MAY,
        )


def _give_study(key: int, person: Person) -> None:
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=key)
        study.owner, study.version = person, study.version + 1
        study.save()


def _give_interviews(key: int, before: Person, person: Person) -> None:
    """All interviews of a year at once: whoever takes them over reads them from now on."""
    Interview.objects.filter(round=key, interviewer=before).update(interviewer=person, version=F("version") + 1)


def register() -> None:
    """Put studies and interviews on the list of a hand-over."""
    owners_known_by(_owned)
