"""The mails of a decision: to whom, in which language, and word for word before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.mail_text import written
from keino.web.base.models import Mail
from keino.web.base.templatetags.keino import day as day_text
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role
from keino.web.programmes.choices.selection import DecisionOutcome
from keino.web.programmes.models import ApplicationMember

if TYPE_CHECKING:
    from collections.abc import Collection

    from keino.web.base.models import Person
    from keino.web.programmes.models import Application, DecidedApplication

    #: A person, or nobody with an account; the address; the language.
    Recipient = tuple[Person | None, str, str]

TEMPLATE = "programmes/mail/decision.txt"


@dataclass(frozen=True)
class PlannedMail:
    """One mail as it would go out."""

    person: Person | None
    address: str
    language: str
    subject: str
    text: str
    values: dict[str, Any]


def mails_of(lines: Collection[DecidedApplication]) -> dict[int, tuple[PlannedMail, ...]]:
    """The mails that tell applicants of a decision, by application, each in its recipient's language."""
    told = recipients([line.application for line in lines])
    found = {}
    for line in lines:
        mails = []
        for person, address, language in told[line.application_id]:
            values = _values(line, language)
            text = written(Mail(person=person, address=address, language=language, template=TEMPLATE, values=values))
            mails.append(PlannedMail(person, address, language, text.subject, text.text, values))
        found[line.application_id] = tuple(mails)
    return found


def recipients(applications: Collection[Application]) -> dict[int, list[Recipient]]:
    """Who is told for each applicant: its responsible persons, its contact, who answers for the team; once each."""
    found: dict[int, dict[str, Recipient]] = {each.pk: {} for each in applications}
    by_organisation = {each.organisation_id: each.pk for each in applications}
    roles = Role.objects.on(timezone.localdate()).filter(
        organisation__in=by_organisation, kind=RoleKind.RESPONSIBLE_PERSON
    )
    for role in roles.select_related("person").order_by("person"):
        _add(found[by_organisation[role.organisation_id]], role.person)
    for each in applications:
        _add(found[each.pk], each.contact)
    members = ApplicationMember.objects.filter(application__in=found, is_responsible=True)
    for member in members.select_related("person", "application__edition"):
        told = found[member.application_id]
        if member.person is not None:
            _add(told, member.person)
        elif member.email:
            language = member.application.edition.language
            told.setdefault(member.email.lower(), (None, member.email, language))
    return {pk: list(told.values()) for pk, told in found.items()}


def _add(told: dict[str, Recipient], person: Person | None) -> None:
    if person is not None and person.is_active and not person.erased_at:
        told.setdefault(person.email.lower(), (person, person.email, person.language))


def send(line: DecidedApplication, mails: tuple[PlannedMail, ...]) -> None:
    """Queue the mails; one decision tells nobody twice."""
    for each in mails:
        send_later(
            TEMPLATE,
            to=each.person,
            address="" if each.person else each.address,
            language="" if each.person else each.language,
            once=f"decision:{line.decision.public_id.hex}:{line.application.public_id.hex}:{each.address.lower()}",
            **each.values,
        )


def _values(line: DecidedApplication, language: str) -> dict[str, Any]:
    application, decision = line.application, line.decision
    edition = decision.edition
    with override(language):
        return {
            "outcome": line.outcome,
            "edition": edition.shown_name,
            "organisation": application.organisation.shown_name,
            "reason": line.reason,
            "reserve_place": line.reserve_place,
            "message": decision.message,
            "confirm_by": day_text(decision.confirm_by) if decision.confirm_by else "",
            "appeal": edition.appeal_email or edition.contact_email,
            "url": settings.SITE_ADDRESS + _place(application) if line.outcome == DecisionOutcome.SELECTED else "",
        }


def _place(application: Application) -> str:
    return reverse("programmes:place", args=[application.organisation.slug, application.public_id])
