"""Applications: of an organisation, of an edition; who of an applicant is told; what still lacks before sending."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keino.web.base.models import Person
from keino.web.organisations.queries.people import responsible_persons
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.choices.applications import ENDED
from keino.web.programmes.models import Application, ApplicationMember, CommitmentRequest, Edition, TeamRoleWanted
from keino.web.programmes.queries.application_questions import answer_of, left_out, questions_of
from keino.web.programmes.queries.commitments import commitment_of

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation


def applications_of(organisation: Organisation) -> QuerySet[Application]:
    """All applications of an organisation, the newest first."""
    return Application.objects.filter(organisation=organisation).select_related("edition").order_by("-told_at", "-pk")


def applications_to(edition: Edition, state: str = "") -> QuerySet[Application]:
    """Applications to an edition by their organisation's name, with what the desk's list shows."""
    found = Application.objects.filter(edition=edition)
    if state:
        found = found.filter(state=state)
    confirmed = CommitmentRequest.objects.filter(application=OuterRef("pk")).exclude(confirmed_at=None)
    return (
        found.select_related("organisation", "edition", "contact")
        .annotate(team=Count("members", distinct=True), is_committed=Exists(confirmed))
        .order_by("organisation__name", "organisation__slug", "pk")
    )


def open_application(organisation: Organisation, edition: Edition) -> Application | None:
    """The organisation's application to an edition that it hasn't withdrawn."""
    found = Application.objects.filter(organisation=organisation, edition=edition).exclude(state="withdrawn")
    return found.first()


def going_on(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Those that haven't ended."""
    return applications.exclude(state__in=ENDED)


# ---- people


def people_to_tell(application: Application) -> list[Person]:
    """Who of the applicant is written to: whoever asks, the responsible one of the team; else who answers for it."""
    today = timezone.localdate()
    named = Q(pk=application.contact_id) | Q(pk__in=_responsible(application))
    found = list(Person.objects.filter(named, is_active=True, erased_at=None).distinct().order_by("pk"))
    theirs = [each for each in found if each.has_perm("programmes.see", application.organisation)]
    return theirs or list(responsible_persons(application.organisation, today))


def _responsible(application: Application) -> QuerySet[ApplicationMember, int | None]:
    return application.members.filter(is_responsible=True).exclude(person=None).values_list("person", flat=True)


def hosts_of(edition: Edition) -> QuerySet[Person]:
    """Hosts of an edition, who are told of what applicants do."""
    named = edition.people.filter(kind=EditionPersonKind.HOST).values("person")
    return Person.objects.filter(pk__in=named, is_active=True).order_by("pk")


# ---- the team


def roles_wanted(edition: Edition) -> QuerySet[TeamRoleWanted]:
    """Roles that a team should have, with what their names need."""
    return edition.team_roles.select_related("edition")


def roles_lacking(application: Application, members: Collection[ApplicationMember]) -> list[TeamRoleWanted]:
    """Required roles that nobody in the team holds."""
    held = {member.role for member in members}
    return [role for role in roles_wanted(application.edition) if role.is_required and role.code not in held]


# ---- what lacks


@dataclass(frozen=True)
class Lack:
    """Something that must be there before the application is sent: in words, and the part it is mended in."""

    part: str
    words: str


def lacks_of(application: Application) -> list[Lack]:
    """Everything that still lacks, in the order of the page; empty = it can be sent."""
    edition = application.edition
    decided = application.goes_on or not edition.needs_discussion
    lacks = [] if decided else [Lack("decide", _("your decision to apply"))]
    if not application.pilot.strip() and (edition.needs_pilot or application.procurement_id is None):
        lacks.append(Lack("pilot", _("what the pilot is about")))
    if not application.motivation.strip():
        lacks.append(Lack("reasons", _("why you apply")))
    if not application.capacity.strip():
        lacks.append(Lack("reasons", _("time and means")))
    version = questions_of(edition)
    if version is not None and (count := left_out(version, answer_of(application))):
        said = ngettext(
            "{count} answer to the programme's questions", "{count} answers to the programme's questions", count
        )
        lacks.append(Lack("questions", said.format(count=count)))
    lacks += _team_lacks(application)
    if edition.needs_commitment and commitment_of(application) is None:
        lacks.append(Lack("commitment", _("the management's commitment")))
    if not application.agrees_to_data:
        lacks.append(Lack("consents", _("the consent to give data")))
    return lacks


def _team_lacks(application: Application) -> list[Lack]:
    edition, members = application.edition, list(application.members.all())
    lacks = []
    if len(members) < edition.team_min:
        said = _("a team of at least {fewest} people (now {now})")
        lacks.append(Lack("team", said.format(fewest=edition.team_min, now=len(members))))
    if not any(member.is_responsible for member in members):
        lacks.append(Lack("team", _("the responsible person of the team")))
    said = _("somebody as “{role}”")
    lacks += [Lack("team", said.format(role=role.shown_name)) for role in roles_lacking(application, members)]
    return lacks


def counts_by_state(edition: Edition, *, without: Collection[int] = ()) -> dict[str, int]:
    """How many applications an edition has in each state that it has any in; ``without`` those with these keys."""
    return dict(
        Application.objects.filter(edition=edition)
        .exclude(pk__in=without)
        .values_list("state")
        .annotate(n=Count("pk"))
        .order_by()
    )
