"""What sparring, small groups, alumni and lessons hold of people: who did what, what they wrote, who lets be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.cohorts.models import (
    AlumniPerson,
    CohortLesson,
    DigitalCase,
    EditionClosing,
    FollowUpTask,
    GroupNoteVersion,
    KnowHow,
    LessonTemplate,
    PeerGroup,
    SparringSession,
    TemplateReuse,
)

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    sessions = SparringSession.objects.filter(mentor=person) | SparringSession.objects.filter(created_by=person)
    notes = GroupNoteVersion.objects.filter(written_by=person).order_by("pk")
    return {
        "sparring_sessions": [
            {"organisation": str(each.organisation), "starts_at": each.starts_at.isoformat(), "state": each.state}
            for each in sessions.select_related("organisation").distinct().order_by("pk")
        ],
        "digital_sparring": [
            {"organisation": str(each.organisation), "process": each.process, "begun_at": each.created_at.isoformat()}
            for each in DigitalCase.objects.filter(created_by=person).select_related("organisation").order_by("pk")
        ],
        "group_notes": [
            {"title": each.title, "text": each.text, "written_at": each.written_at.isoformat()} for each in notes
        ],
        "may_be_asked": [
            {"topic": each.topic, "text": each.text} for each in KnowHow.objects.filter(contact=person).order_by("pk")
        ],
        "lessons": [
            {"title": each.title, "what_happened": each.what_happened, "advice": each.advice}
            for each in CohortLesson.objects.filter(created_by=person).order_by("pk")
        ],
        "alumni": [
            {"programme": str(each.participation), "agreed_at": each.agreed_at.isoformat()}
            for each in AlumniPerson.objects.filter(person=person)
            .select_related("participation__edition", "participation__organisation")
            .order_by("pk")
        ],
        "follow_up": [
            {"edition": each.edition.slug, "kind": each.kind, "due_on": each.due_on.isoformat(), "state": each.state}
            for each in FollowUpTask.objects.filter(owner=person).select_related("edition").order_by("pk")
        ],
    }


def _erase(person: Person) -> None:
    """What organisations agreed and wrote stays theirs; whose hand it was doesn't. Names shown by consent go."""
    AlumniPerson.objects.filter(person=person).delete()
    KnowHow.objects.filter(contact=person).update(contact=None, contact_agreed_at=None)
    SparringSession.objects.filter(mentor=person).update(mentor=None)
    SparringSession.objects.filter(created_by=person).update(created_by=None)
    DigitalCase.objects.filter(created_by=person).update(created_by=None)
    DigitalCase.objects.filter(ended_by=person).update(ended_by=None)
    PeerGroup.objects.filter(mentor=person).update(mentor=None)
    GroupNoteVersion.objects.filter(written_by=person).update(written_by=None)
    FollowUpTask.objects.filter(owner=person).update(owner=None)
    EditionClosing.objects.filter(closed_by=person).update(closed_by=None)
    CohortLesson.objects.filter(created_by=person).update(created_by=None)
    LessonTemplate.objects.filter(promoted_by=person).update(promoted_by=None)
    TemplateReuse.objects.filter(started_by=person).update(started_by=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="sparring",
            title=_("Sparring, small groups and alumni"),
            purpose=_(
                "To agree and write down sparring, to share notes within a small group, to follow up programmes, and "
                "to name those who let themselves be named. Notes and advice are seen by the organisation's own people "
                "and its mentors, shared notes by the group; the directory of alumni is open to everyone."
            ),
            legal_ground=_(
                "Task carried out in the public interest (GDPR, article 6(1)(e)); consent (article 6(1)(a)) for names "
                "among the alumni and as whom to ask."
            ),
            kept_for=_("As long as the organisation keeps its plans; names shown by consent until it is taken back."),
            columns=(
                "cohorts.AlumniEntry.text",
                "cohorts.AlumniPerson.person",
                "cohorts.CohortLesson.advice",
                "cohorts.CohortLesson.created_by",
                "cohorts.CohortLesson.title",
                "cohorts.CohortLesson.what_happened",
                "cohorts.DigitalCase.created_by",
                "cohorts.DigitalCase.current_tools",
                "cohorts.DigitalCase.ended_by",
                "cohorts.DigitalCase.process",
                "cohorts.DigitalCase.reason",
                "cohorts.DigitalCase.target",
                "cohorts.DigitalOption.speaks_against",
                "cohorts.DigitalOption.speaks_for",
                "cohorts.DigitalOption.title",
                "cohorts.EditionClosing.closed_by",
                "cohorts.FollowUpTask.outcome",
                "cohorts.FollowUpTask.owner",
                "cohorts.GroupNote.text",
                "cohorts.GroupNote.title",
                "cohorts.GroupNoteVersion.text",
                "cohorts.GroupNoteVersion.title",
                "cohorts.GroupNoteVersion.written_by",
                "cohorts.KnowHow.contact",
                "cohorts.KnowHow.text",
                "cohorts.LeftUndone.why",
                "cohorts.LessonTemplate.actions",
                "cohorts.LessonTemplate.promoted_by",
                "cohorts.LessonTemplate.text",
                "cohorts.LessonTemplate.title",
                "cohorts.PeerGroup.mentor",
                "cohorts.PeerGroup.name",
                "cohorts.SparringSession.advice",
                "cohorts.SparringSession.agenda",
                "cohorts.SparringSession.cancelled_because",
                "cohorts.SparringSession.created_by",
                "cohorts.SparringSession.mentor",
                "cohorts.SparringSession.notes",
                "cohorts.SparringSession.place",
                "cohorts.TemplateReuse.started_by",
            ),
            export=_export,
            erase=_erase,
            stays=_("The organisations' sessions, cases, notes and lessons, without who wrote or led them."),
        )
    )
