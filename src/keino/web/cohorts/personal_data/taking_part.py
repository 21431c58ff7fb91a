"""What participations hold of people: teams and mentors, who wrote, handed in, judged and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.cohorts import models

if TYPE_CHECKING:
    from django.db.models import Model

    from keino.web.base.models import Person

#: Columns that say who did something; the things themselves stay when a person is erased.
_WHO: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (models.Participation, ("responsible", "mentor")),
    (models.Assignment, ("created_by",)),
    (models.WorkVersion, ("submitted_by", "judged_by")),
    (models.WorkFile, ("added_by",)),
    (models.Submission, ("submitted_by", "judged_by")),
    (models.DeliverableComment, ("author",)),
    (models.DevelopmentPlanVersion, ("saved_by",)),
    (models.Presentation, ("created_by", "decided_by")),
    (models.SharedMaterial, ("added_by",)),
)
#: Texts in which people may be named.
_TEXTS = (
    "cohorts.Participation.note",
    "cohorts.TeamPerson.person",
    "cohorts.TeamPerson.name",
    "cohorts.TeamPerson.part",
    "cohorts.TeamPerson.contact_shown_at",
    "cohorts.Work.draft",
    "cohorts.WorkVersion.text",
    "cohorts.WorkVersion.feedback",
    "cohorts.WorkFile.name",
    "cohorts.Submission.parts",
    "cohorts.Submission.words",
    "cohorts.Submission.feedback",
    "cohorts.DeliverableComment.text",
    "cohorts.DevelopmentPlan.as_is",
    "cohorts.DevelopmentPlan.target",
    "cohorts.DevelopmentPlan.steps",
    "cohorts.DevelopmentPlan.resources",
    "cohorts.DevelopmentPlanVersion.content",
    "cohorts.Presentation.message",
    "cohorts.Presentation.decision_text",
    "cohorts.Presentation.case_number",
    "cohorts.SharedMaterial.text",
    "cohorts.SharedMaterial.link",
)


def _export(person: Person) -> Any:
    team = models.TeamPerson.objects.filter(person=person).select_related("participation__edition")
    comments = models.DeliverableComment.objects.filter(author=person).order_by("pk")
    works = models.WorkVersion.objects.filter(Q(submitted_by=person) | Q(judged_by=person)).order_by("pk")
    deeds = {
        model.__name__.lower(): model._default_manager.filter(_any(columns, person)).count()  # noqa: SLF001  # Django's
        for model, columns in _WHO
    }
    return {
        "teams": [
            {
                "programme": str(each.participation.edition),
                "part": each.part,
                "contact_shown_since": each.contact_shown_at.isoformat() if each.contact_shown_at else None,
            }
            for each in team
        ],
        "answers": [
            {
                "assignment": str(each.work),
                "version": each.number,
                "handed_in": each.submitted_at.isoformat() if each.submitted_by_id == person.pk else None,
                "feedback": each.feedback if each.judged_by_id == person.pk else None,
            }
            for each in works.select_related("work__assignment")
        ],
        "comments": [{"written_at": each.written_at.isoformat(), "text": each.text} for each in comments],
        "things_you_took_part_in": deeds,
    }


def _any(columns: tuple[str, ...], person: Person) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{column: person})
    return found


def _erase(person: Person) -> None:
    """What was done in a programme stays, as the organisation's; who did it doesn't. Teams keep their size."""
    written = Q(person=None, name__iexact=person.name, participation__organisation__roles__person=person)
    named = models.TeamPerson.objects.filter(Q(person=person) | written if person.name else Q(person=person))
    models.TeamPerson.objects.filter(pk__in=named.values("pk")).update(
        person=None, name="", part="", contact_shown_at=None
    )
    for model, columns in _WHO:
        for column in columns:
            model._default_manager.filter(**{column: person}).update(**{column: None})  # noqa: SLF001  # Django's name


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="cohorts",
            title=_("Taking part in programmes"),
            purpose=_(
                "To work through a development programme together: who is in an organisation's team, who mentors it, "
                "who wrote and handed in an answer, who gave feedback, and what the management group decided. Your "
                "name and address are shown to other participants only if you say so, and as long as you say so."
            ),
            legal_ground=_(
                "The centre's and the buyer's task in the public interest; your consent for showing your contact."
            ),
            kept_for=_("As long as the organisation keeps its work on the site."),
            columns=(
                *(f"cohorts.{model.__name__}.{column}" for model, columns in _WHO for column in columns),
                *_TEXTS,
            ),
            export=_export,
            erase=_erase,
            stays=_("Answers, feedback and decisions, and how many were in a team, without the name."),
        )
    )
