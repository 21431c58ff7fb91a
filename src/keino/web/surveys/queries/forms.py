"""Forms, their versions and the answers that the centre may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils import timezone

from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.models import Organisation
from keino.web.organisations.rules import roles_today
from keino.web.surveys.choices import AnswerState, FormPurpose
from keino.web.surveys.models import Form, FormAnswer, FormVersion

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: Answers to these are read where they are asked for, by those who may there: an application by its reviewers.
READ_AT_THE_DESK = (FormPurpose.STUDY, FormPurpose.OTHER)


def centre_of(person: Person) -> Organisation | None:
    """The centre for which somebody makes forms: where they hold a role today."""
    held = {role.organisation_id for role in roles_today(person)}
    centres = Organisation.objects.filter(pk__in=held, kind=OrganisationKind.COMPETENCE_CENTRE)
    return centres.order_by("pk").first()


def forms_of_the_centre(purpose: str = "") -> QuerySet[Form]:
    """Forms of the centre, the newest first, each with its newest published number and whether it has a draft."""
    found = Form.objects.filter(organisation__kind=OrganisationKind.COMPETENCE_CENTRE)
    if purpose:
        found = found.filter(purpose=purpose)
    return found.annotate(
        newest=Max("versions__number", filter=Q(versions__published_at__isnull=False)),
        drafts=Count("versions", filter=Q(versions__published_at__isnull=True)),
    ).order_by("is_retired", "-created_at", "-pk")


def versions_of(form: Form) -> QuerySet[FormVersion]:
    """The versions of a form, the newest first, with how many answers were sent and begun."""
    sent = Q(answers__state=AnswerState.SENT)
    return form.versions.annotate(sent=Count("answers", filter=sent), begun=Count("answers", filter=~sent)).order_by(
        "-number"
    )


def draft_of(form: Form) -> FormVersion | None:
    """The draft of a form, if it has one."""
    return form.versions.select_related("form__organisation").filter(published_at__isnull=True).first()


def sent_answers(version: FormVersion) -> QuerySet[FormAnswer]:
    """What was sent, with its files and organisation; of an anonymous form in an order that tells nothing."""
    found = version.answers.filter(state=AnswerState.SENT)
    found = found.select_related("form_version__form", "about_organisation").prefetch_related("attachments")
    return found.order_by("public_id") if version.form.is_anonymous else found.order_by("sent_at", "pk")


def register_of_forms() -> QuerySet[Form]:
    """Forms that people are asked to answer, with their newest version as ``newest_versions``: for everyone."""
    published = FormVersion.objects.filter(published_at__isnull=False).order_by("-number")
    found = Form.objects.filter(is_retired=False, versions__published_at__lte=timezone.now()).distinct()
    found = found.select_related("organisation").order_by("purpose", "pk")
    return found.prefetch_related(Prefetch("versions", queryset=published, to_attr="newest_versions"))


def newest_version(form: Form) -> FormVersion:
    """The version of a form in the register that is asked now."""
    rows = form.versions.filter(published_at__isnull=False).select_related("form__organisation").order_by("-number")
    return rows[0]
