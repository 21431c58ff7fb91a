"""What the site must know of participations, assignments and deliverables when it starts."""

from __future__ import annotations


def register() -> None:
    """Make their trail, owners, personal data, mail, background work and the way in from applications known."""
    from django.utils.translation import gettext_lazy as _

    from keino.web.base import mail
    from keino.web.base.audit import audited
    from keino.web.cohorts import models
    from keino.web.cohorts.ownership import taking_part as ownership
    from keino.web.cohorts.personal_data import taking_part as personal_data
    from keino.web.cohorts.queries.due import answers_in_use
    from keino.web.cohorts.services.mails import TOPIC
    from keino.web.cohorts.services.participations import begin_participation, end_withdrawn
    from keino.web.cohorts.tasks.taking_part import register_timetable
    from keino.web.programmes.choices.applications import ApplicationState
    from keino.web.programmes.services.applications.moves import after_move
    from keino.web.surveys.answers_in_use import keeps_answers

    keys = ("made_with",)  # of the form that made a row: says nothing to people
    of_participation = "participation__organisation"
    audited(models.Participation)
    audited(models.TeamPerson, mask=("name",), belongs_to=of_participation)
    audited(models.Assignment, leave_out=keys, belongs_to="edition__organisation")
    audited(models.WantedDeliverable, belongs_to="edition__organisation")
    audited(models.Work, leave_out=("draft",), belongs_to=of_participation)
    audited(models.WorkVersion, leave_out=("text", "feedback"), belongs_to="work__participation__organisation")
    audited(models.WorkFile, leave_out=("stored_as",), belongs_to="work__participation__organisation")
    audited(models.Deliverable, models.SharedMaterial, belongs_to=of_participation)
    of_deliverable = "deliverable__participation__organisation"
    audited(models.Submission, leave_out=("parts", "reference", "feedback"), belongs_to=of_deliverable)
    audited(models.DeliverableComment, leave_out=("text",), belongs_to=of_deliverable)
    audited(models.DevelopmentPlan, leave_out=("steps",), belongs_to=of_participation)
    audited(models.DevelopmentPlanVersion, leave_out=("content",), belongs_to="plan__participation__organisation")
    audited(models.Presentation, leave_out=keys, belongs_to=of_participation)
    mail.topic(TOPIC, _("Dates and feedback of programmes in which your organisation takes part"))
    ownership.register()
    keeps_answers(answers_in_use)
    personal_data.register()
    register_timetable()
    after_move(ApplicationState.CONFIRMED, begin_participation)
    after_move(ApplicationState.WITHDRAWN, end_withdrawn)
