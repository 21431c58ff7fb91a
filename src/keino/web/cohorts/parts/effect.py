"""What the site must know of the engagement log and of reports on the effect."""

from __future__ import annotations


def register() -> None:
    """Make the audit trail, the register of personal data and the nightly count known."""
    from keino.web.base.audit import audited
    from keino.web.cohorts.models import EffectReport, Engagement
    from keino.web.cohorts.personal_data import engagement
    from keino.web.cohorts.tasks.effect import register_timetable

    # a note is the writer's own, and a report shows what it says: the trail shows who did what and when
    audited(Engagement, leave_out=("note", "made_with", "source", "version"), belongs_to="edition__organisation")
    summaries = tuple(f"summary_{language}" for language in ("fi", "sv", "en"))
    audited(EffectReport, leave_out=("content", "version", *summaries), belongs_to="edition__organisation")
    engagement.register()
    register_timetable()
