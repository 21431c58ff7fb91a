"""One mail to an organisation whose place waits, before the day by which it is to be confirmed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.templatetags.keino import day as day_text
from keino.web.programmes.choices import Act, EditionState
from keino.web.programmes.queries.calendar import allows
from keino.web.programmes.queries.offered_places import offered_places
from keino.web.programmes.services.applications.mails import REMINDERS
from keino.web.programmes.services.decision_mails import recipients

if TYPE_CHECKING:
    from keino.web.programmes.models import Application

TEMPLATE = "programmes/mail/place_waits.txt"
#: So many days before the day, or on a later one of them where nothing went out then.
DAYS_BEFORE = 3


def remind_of_places(today: dt.date) -> int:
    """Ask for the mails of this day; each person gets one, however often this runs. Returns how many were asked for.

    Nobody is reminded on the day on which the decision told them, nor while the calendar lets nobody confirm.
    """
    near = (today, today + dt.timedelta(days=DAYS_BEFORE))
    waiting = offered_places().filter(confirm_by__range=near).exclude(edition__state=EditionState.CANCELLED)
    told_before = [each for each in waiting.order_by("pk") if timezone.localdate(each.offered_at) < today]
    return sum(_remind(each, each.confirm_by) for each in told_before if allows(each.edition, Act.CONFIRM))


def _remind(application: Application, confirm_by: dt.date) -> int:
    place = reverse("programmes:place", args=[application.organisation.slug, application.public_id])
    asked = 0
    for person, address, language in recipients([application])[application.pk]:
        with override(language):
            mail = send_later(
                TEMPLATE,
                to=person,
                address="" if person else address,
                language="" if person else language,
                topic=REMINDERS,
                once=f"place:{application.public_id.hex}:{confirm_by}:{address.lower()}",
                edition=application.edition.shown_name,
                organisation=application.organisation.shown_name,
                day=day_text(confirm_by),
                url=settings.SITE_ADDRESS + place,
            )
        asked += mail is not None
    return asked
