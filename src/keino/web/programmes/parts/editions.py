"""What the site must know of editions."""

from __future__ import annotations


def register() -> None:
    """Trail, texts, personal data, owners, entries that mails carry, whom changes concern, the clock."""
    from django.urls import reverse
    from django.utils.translation import gettext_lazy as _

    from keino.web.base.audit import audited
    from keino.web.base.translated import translatable
    from keino.web.events.runners import sessions_run_by
    from keino.web.events.sessions import time_kept_by
    from keino.web.programmes import mail_calendar, models
    from keino.web.programmes.concerned import concerned_known_by
    from keino.web.programmes.ownership import editions as ownership
    from keino.web.programmes.personal_data import editions as personal_data
    from keino.web.programmes.queries.people import applicants_of, people_named
    from keino.web.programmes.queries.sessions import calendar_of, run_by
    from keino.web.programmes.tasks.clock import register_timetable

    texts = ("name", "summary", "for_whom", "benefits", "requirements", "how_to_apply", "announced_duration")
    audited(models.Edition, leave_out=(*texts, "made_with", "version"))
    audited(models.EditionDate, leave_out=("name", "said", "sequence", "event"), belongs_to="edition__organisation")
    audited(models.EditionMove, models.EditionPerson, belongs_to="edition__organisation")
    audited(models.Criterion, leave_out=("name", "guidance", "position"), belongs_to="edition__organisation")
    audited(models.EligibilityRule, leave_out=("question", "why_not", "position"), belongs_to="edition__organisation")
    audited(models.TeamRoleWanted, leave_out=("name", "position"), belongs_to="edition__organisation")
    translatable(
        models.Edition,
        fields={
            "name": _("Name"),
            "summary": _("In short"),
            "for_whom": _("For whom"),
            "benefits": _("What you get"),
            "requirements": _("What is required"),
            "how_to_apply": _("How to apply"),
        },
        belongs_to="organisation",
        edit_url=lambda edition: reverse("programmes:desk_texts", kwargs={"slug": edition.slug, "language": "fi"}),
    )
    personal_data.register()
    ownership.register()
    mail_calendar.register()
    sessions_run_by(run_by)
    time_kept_by(calendar_of)
    concerned_known_by(people_named)
    concerned_known_by(applicants_of)
    register_timetable()
