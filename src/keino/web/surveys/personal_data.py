"""What the self-assessment holds of people: answers under a keyed hash until the round closes, and who opened it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.surveys.choices import RoundState
from keino.web.surveys.models import AnswerSheet, Round
from keino.web.surveys.secrecy import sheet_key
from keino.web.surveys.services.rounds import delete_left_sheets

if TYPE_CHECKING:
    from keino.web.base.models import Person


def sheets_of(person: Person) -> Iterator[AnswerSheet]:
    """The person's own answers in every round that is still open."""
    rounds = Round.objects.filter(state=RoundState.COLLECTING, organisation__roles__person=person).distinct()
    keys = [sheet_key(public_id, person) for public_id in rounds.values_list("public_id", flat=True)]
    found = AnswerSheet.objects.filter(person_key__in=keys).select_related("round__organisation", "group")
    yield from found.order_by("round")


def _export(person: Person) -> Any:
    opened = Round.objects.filter(opened_by=person).select_related("organisation").order_by("pk")
    return {
        "answers": [
            {
                "organisation": str(sheet.round.organisation),
                "round": sheet.round.name,
                "group": str(sheet.group or ""),
                "answers": sheet.answers,
                "sent": sheet.is_sent,
            }
            for sheet in sheets_of(person)
        ],
        "rounds_opened": [
            {"organisation": str(each.organisation), "round": each.name, "opened_at": each.created_at.isoformat()}
            for each in opened
        ],
    }


def _erase(person: Person) -> None:
    """Answers that aren't counted yet go; of those that are, nothing leads back to the person."""
    AnswerSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets_of(person)]).delete()
    Round.objects.filter(opened_by=person).update(opened_by=None)
    Round.objects.filter(closed_by=person).update(closed_by=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="self_assessment",
            title=_("Self-assessment"),
            purpose=_(
                "To tell an organisation how mature its procurement is, by the answers of its people. Answers are kept "
                "apart from people, under a code that is calculated from the person and a secret of the site, so that "
                "a respondent can change them. Only means of at least five people are shown, and none from which "
                "fewer could be worked out. Who opened and closed a round is kept, so that it can be answered for."
            ),
            legal_ground=_(
                "Task carried out in the public interest (GDPR, article 6(1)(e)): development of public procurement. "
                "Answering is voluntary."
            ),
            kept_for=_(
                "Single answers: until the round closes, then they are deleted at once; the means stay as long as "
                "the organisation keeps its results. Copies in backups go with the backups."
            ),
            columns=(
                "surveys.AnswerSheet.person_key",
                "surveys.AnswerSheet.answers",
                "surveys.Round.opened_by",
                "surveys.Round.closed_by",
            ),
            export=_export,
            erase=_erase,
            stays=_("The means of closed rounds, from which nobody's answers can be told."),
            retire=delete_left_sheets,
        )
    )
