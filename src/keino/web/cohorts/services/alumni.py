"""Who is shown among the alumni: organisations by their consent, people only by their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.edited import changed, locked
from keino.web.base.errors import Conflict
from keino.web.cohorts.choices.participation import ParticipationState
from keino.web.cohorts.errors.alumni import NotAlumniYet
from keino.web.cohorts.models import AlumniEntry, AlumniPerson, Participation

if TYPE_CHECKING:
    from keino.web.base.models import Person


def show_among_alumni(participation: Participation, *, is_public: bool, text: str, seen: int, by: Person) -> None:
    """Let the organisation stand in the public directory, or take it out. ``seen`` is 0 where nothing was said yet.

    Raises NotAlumniYet, Conflict.
    """
    with transaction.atomic(), acting(by, act="alumni_entry_changed"):
        _alumnus(participation)
        entry, is_new = AlumniEntry.objects.get_or_create(participation=participation)
        kept = locked(entry)
        if not is_new and kept.version != (seen or 1):
            raise Conflict
        changed(kept, {"is_public": is_public, "text": text.strip()})


def name_me(participation: Participation, *, is_so: bool, by: Person) -> None:
    """The person lets their own name stand with their organisation, or takes it away, which nothing hinders.

    Raises NotAlumniYet.
    """
    with transaction.atomic(), acting(by, act="alumni_person_changed"):
        if is_so:
            _alumnus(participation)
            AlumniPerson.objects.get_or_create(participation=participation, person=by)
        else:
            AlumniPerson.objects.filter(participation=participation, person=by).delete()


def _alumnus(participation: Participation) -> None:
    if participation.state != ParticipationState.ALUMNI:
        raise NotAlumniYet(organisation=participation.organisation.shown_name)
