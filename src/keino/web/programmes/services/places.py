"""Confirming a place, and publishing who is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.domain.programmes.places import too_many
from keino.web.base.audit import acting
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.selection import NothingToPublish, PlaceNotOffered, TooManyPlaces
from keino.web.programmes.models import Application, Edition, Selection
from keino.web.programmes.queries.selection import places_taken, to_publish
from keino.web.programmes.services.applications.moves import move_application
from keino.web.programmes.services.phases import require_phase

if TYPE_CHECKING:
    from keino.web.base.models import Person


def confirm_place(application: Application, *, by: Person) -> Application:
    """The organisation confirms its place, also after the day by which it was asked. Pressing twice confirms once.

    Raises PlaceNotOffered, NotInCalendar; TooManyPlaces if the places would not do, however it came to that.
    """
    with transaction.atomic():
        edition = Edition.objects.select_for_update().get(pk=application.edition_id)
        row = Application.objects.select_for_update(of=("self",)).select_related("organisation", "edition")
        now = row.get(pk=application.pk)
        if now.state == S.CONFIRMED:
            return now
        if now.state != S.SELECTED:
            raise PlaceNotOffered
        require_phase(edition, Act.CONFIRM)
        taken = places_taken(edition) - 1  # its own is among them
        if over := too_many(taken=taken, wanted=1, places=edition.places_max):
            raise TooManyPlaces(places=edition.places_max, taken=taken, wanted=1, over=over)
        with acting(by, on_behalf_of=on_behalf_of(by, now.organisation), act="place_confirmed"):
            return move_application(now, S.CONFIRMED, by=by)


def publish_selected(edition: Edition, *, by: Person) -> Selection:
    """Show on the edition's public page who is selected: organisations, never scores, never the others.

    Publishing again adds whoever was selected since.
    """
    with transaction.atomic(), acting(by, act="selection_published"):
        Edition.objects.select_for_update().get(pk=edition.pk)
        if not to_publish(edition):
            raise NothingToPublish
        selection = Selection.objects.get_or_create(edition=edition)[0]
        selection.published_at, selection.published_by = timezone.now(), by
        selection.version += 1
        selection.save()
        return selection


def unpublish_selected(edition: Edition, *, by: Person) -> None:
    """Take the list from the public page."""
    with transaction.atomic(), acting(by, act="selection_unpublished"):
        selection = Selection.objects.select_for_update().filter(edition=edition).first()
        if selection is not None and selection.published_at is not None:
            selection.published_at, selection.published_by = None, None
            selection.version += 1
            selection.save()
