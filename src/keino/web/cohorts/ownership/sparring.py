"""Sessions and tasks that need somebody else when a person leaves the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.cohorts.choices.alumni import FollowUpState
from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.models import FollowUpTask, SparringSession
from keino.web.organisations.models import Role

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _tasks(person: Person, organisation: Model) -> Iterable[Owned]:
    found = FollowUpTask.objects.filter(owner=person, state=FollowUpState.OPEN, edition__organisation=organisation.pk)
    for task in found.select_related("edition").order_by("due_on", "pk"):
        yield Owned(
            key=f"follow-up:{task.public_id}",
            kind=str(task.get_kind_display()),
            title=task.edition.shown_name,
            url=reverse("cohorts:follow_up_task", args=[task.public_id]),
            give_to=_task_giver(task.pk),
            seen_with="programmes.work",
        )


def _task_giver(key: int) -> Callable[[Person], None]:
    def give_to(person: Person) -> None:
        with transaction.atomic():
            task = FollowUpTask.objects.select_for_update().get(pk=key)
            task.owner, task.version = person, task.version + 1
            task.save()

    return give_to


def _sessions(person: Person, organisation: Model) -> Iterable[Owned]:
    """Sessions that wait to be held with the buyers whom the person helps for this centre."""
    helped = Role.objects.filter(person=person, organisation=organisation.pk, about__isnull=False).values("about")
    found = SparringSession.objects.filter(mentor=person, state=SessionState.AGREED, organisation__in=helped)
    for session in found.select_related("organisation", "participation__edition").order_by("starts_at", "pk"):
        yield Owned(
            key=f"sparring:{session.public_id}",
            kind=_("Sparring session"),
            title=session.organisation.shown_name,
            url=_desk_url(session),
            give_to=_session_giver(session.pk),
            seen_with="programmes.manage",
        )


def _desk_url(session: SparringSession) -> str:
    """Where the centre finds a session: who hands it on need not help the buyer, and can't open its own pages."""
    ours = session.participation
    if ours is None:
        return reverse("cohorts:sparring_desk")
    return reverse("cohorts:desk_participant", args=[ours.edition.slug, ours.public_id])


def _session_giver(key: int) -> Callable[[Person], None]:
    def give_to(person: Person) -> None:
        with transaction.atomic():
            session = SparringSession.objects.select_for_update().get(pk=key)
            session.mentor, session.version = person, session.version + 1
            session.save()

    return give_to


def register() -> None:
    """Put sessions and tasks on the list of a hand-over."""
    owners_known_by(_tasks)
    owners_known_by(_sessions)
