"""Mail about applications and discussions: everything in the recipient's language, with where to look."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import moment
from keino.web.events.times import when_text
from keino.web.programmes.queries.application_dates import application_deadline, booking_deadline, booking_end, can_book
from keino.web.programmes.queries.applications import hosts_of, people_to_tell
from keino.web.programmes.queries.ties import not_barred

if TYPE_CHECKING:
    from keino.web.programmes.models import Application, Discussion

#: Reminders of deadlines of one's own applications; news of applicants for an edition's hosts and experts.
REMINDERS, NEWS = "programmes.deadlines", "programmes.applicants"
REMINDERS_NAME, NEWS_NAME = _("Deadlines of your applications"), _("Applicants of your programmes")
#: Mails that carry an entry for the calendar.
BOOKED, TO_HOLD = "programmes/mail/discussion_booked.txt", "programmes/mail/discussion_to_hold.txt"
CANCELLED, OFF = "programmes/mail/discussion_cancelled.txt", "programmes/mail/discussion_off.txt"


def application_url(application: Application, name: str = "application") -> str:
    """The whole address of one of an application's pages, for the applicant."""
    place = {"slug": application.organisation.slug, "application": application.public_id}
    return settings.SITE_ADDRESS + reverse(f"programmes:{name}", kwargs=place)


def desk_url(application: Application) -> str:
    """The whole address of an application at the centre's desk."""
    place = {"edition": application.edition.slug, "application": application.public_id}
    return settings.SITE_ADDRESS + reverse("programmes:desk_application", kwargs=place)


def _tell(template: str, person: Person, application: Application, **values: Any) -> None:
    """One mail. Values that are functions are asked in the recipient's language."""
    path = template if "/" in template else f"programmes/mail/{template}.txt"
    once, topic = values.pop("once", None), values.pop("topic", "")
    with override(person.language):
        said = {name: value() if callable(value) else value for name, value in values.items()}
        send_later(
            path,
            to=person,
            topic=topic,
            once=f"{once}:{person.public_id.hex}" if once else None,
            organisation=application.organisation.shown_name,
            edition=application.edition.shown_name,
            contact=application.edition.contact_email,
            **{"url": application_url(application)} | said,
        )


# ---- discussions


def _of(discussion: Discussion) -> dict[str, Any]:
    return {
        "discussion": str(discussion.public_id),
        "when": lambda: when_text(discussion.starts_at, discussion.ends_at),
        "place": discussion.place,
        "experts": ", ".join(str(each.person) for each in discussion.experts.all() if each.person),
    }


def tell_of_booking(discussion: Discussion, *, is_moved: bool) -> None:
    """The applicant gets the time, the place and the entry for the calendar."""
    for person in people_to_tell(discussion.application):
        _tell(BOOKED, person, discussion.application, is_moved=is_moved, **_of(discussion))


def tell_experts_of_booking(discussion: Discussion, *, is_moved: bool) -> None:
    """Each expert of the discussion gets the entry for the calendar."""
    application = discussion.application
    url = {"url": desk_url(application)}
    experts = [each.person for each in discussion.experts.select_related("person") if each.person is not None]
    for person in not_barred(experts, application):
        _tell(TO_HOLD, person, application, is_moved=is_moved, **_of(discussion) | url)


def tell_experts_of_cancelling(discussion: Discussion, *, but: Collection[int | None], why: str) -> None:
    """Experts who no longer hold it, but those who know.

    Also an expert who has got a tie meanwhile: the entry in their calendar goes with the mail. They don't read why.
    """
    experts = [each.person for each in discussion.experts.select_related("person") if each.person is not None]
    informed = {each.pk for each in not_barred(experts, discussion.application)}
    for person in experts:
        if person.pk not in but:
            said = why if person.pk in informed else ""
            _tell(OFF, person, discussion.application, why=said, **_of(discussion))


def tell_of_cancelling(discussion: Discussion, *, by: Person, why: str) -> None:
    """The applicant, in any case: the entry in their calendar goes with the mail."""
    application = discussion.application
    can_book_again = can_book(application, timezone.now())
    end = booking_end(application) if can_book_again else None
    more = {
        "url": application_url(application, "application_book") if can_book_again else application_url(application),
        "can_book_again": can_book_again,
        "book_by": lambda: moment(end) if end else "",
    }
    for person in people_to_tell(application):
        _tell(CANCELLED, person, application, why=why, by=str(by), **_of(discussion) | more)


# ---- applications


def tell_of_interest(application: Application) -> None:
    """A receipt with the next step, and news for the hosts."""
    edition = application.edition
    for person in people_to_tell(application):
        _tell(
            "interest_received",
            person,
            application,
            needs_discussion=edition.needs_discussion,
            book_by=lambda: moment(booking_deadline(edition)) if booking_deadline(edition) else "",
            apply_by=lambda: moment(application_deadline(edition)) if application_deadline(edition) else "",
        )
    _tell_hosts("interest_news", application)


def tell_of_sending(application: Application) -> None:
    """A receipt to the applicant, and news for the hosts."""
    for person in people_to_tell(application):
        _tell("application_received", person, application, sent=lambda: moment(application.submitted_at))
    _tell_hosts("application_news", application)


def tell_of_withdrawal(application: Application, *, why: str) -> None:
    """Both sides."""
    for person in people_to_tell(application):
        _tell("application_withdrawn", person, application, why=why)
    _tell_hosts("withdrawal_news", application, why=why)


def _tell_hosts(template: str, application: Application, **values: Any) -> None:
    for host in not_barred(hosts_of(application.edition), application):
        _tell(template, host, application, topic=NEWS, **{"url": desk_url(application)} | values)


def remind(application: Application, person: Person, *, what: str, once: str, **values: Any) -> None:
    """A reminder before a deadline: ``book`` or ``send``."""
    name = "application_book" if what == "book" else "application"
    url = application_url(application, name)
    _tell("deadline_near", person, application, topic=REMINDERS, once=once, what=what, url=url, **values)
