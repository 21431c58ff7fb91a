"""Writing a procurement's market dialogue, and the report that ends it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed, locked
from keino.web.base.templatetags.keino import day as day_text
from keino.web.procurements.assessment_errors import DialogueIncomplete, DialogueIsFinished, NotHeldYet
from keino.web.procurements.choices import RecordKind
from keino.web.procurements.models import DialogueStep, ExitRecord, MarketDialogue, Procurement
from keino.web.procurements.queries.dialogues import lacks_of, steps_of
from keino.web.procurements.services.records import Written, add_record

if TYPE_CHECKING:
    from keino.web.base.models import Person

LONGEST_REPORT = 20_000


@dataclass(frozen=True)
class StepFields:
    """What people say of one request, meeting or event; suppliers are named one on a line."""

    way: str
    held_on: dt.date
    invited: str
    asked: str
    took_part: str = ""
    answers: str = ""

    def values(self) -> dict[str, object]:
        """The fields by name, as the row has them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def begin_dialogue(procurement: Procurement) -> MarketDialogue:
    """The procurement's dialogue; an empty one where none was begun."""
    return MarketDialogue.objects.get_or_create(procurement=procurement)[0]


@contextmanager
def _open(dialogue: MarketDialogue, *, by: Person, act: str, seen: int | None = None) -> Iterator[MarketDialogue]:
    with transaction.atomic():
        kept = locked(dialogue) if seen is None else as_seen(dialogue, seen)
        if kept.finished_at is not None:
            raise DialogueIsFinished
        with acting(by, act=act):
            yield kept


def add_step(dialogue: MarketDialogue, fields: StepFields, *, by: Person, key: uuid.UUID) -> DialogueStep:
    """Add a request, meeting or event. ``key`` comes with the form: pressing twice adds one."""
    found = DialogueStep.objects.filter(public_id=key, dialogue=dialogue).first()
    if found is not None:
        return found
    _check_day(fields.held_on)
    with _open(dialogue, by=by, act="dialogue_step_added") as kept:
        return DialogueStep.objects.create(dialogue=kept, public_id=key, created_by=by, **fields.values())


def change_step(step: DialogueStep, fields: StepFields, *, by: Person, seen: int) -> None:
    """Change a step as it was seen in version ``seen``."""
    _check_day(fields.held_on)
    with _open(step.dialogue, by=by, act="dialogue_step_changed"):
        changed(as_seen(step, seen), fields.values())


def write_outcome(
    dialogue: MarketDialogue, *, changes: str, equal_information: str, all_got_the_same: bool, by: Person, seen: int
) -> None:
    """What the dialogue changed, and how everyone got the same information."""
    values = {"changes": changes, "equal_information": equal_information, "all_got_the_same": all_got_the_same}
    with _open(dialogue, by=by, act="dialogue_changed", seen=seen) as kept:
        changed(kept, dict(values))


def finish_dialogue(dialogue: MarketDialogue, *, by: Person) -> ExitRecord | None:
    """End the dialogue: its record becomes the procurement's report of the market dialogue.

    Raises DialogueIncomplete. Pressing twice writes one report (None the second time).
    """
    dialogue.refresh_from_db()
    if dialogue.finished_at is not None:
        return None
    with _open(dialogue, by=by, act="dialogue_finished") as kept:
        if lacks := lacks_of(kept):
            raise DialogueIncomplete(missing=tuple(lacks))
        kept.finished_at, kept.finished_by, kept.version = timezone.now(), by, kept.version + 1
        kept.save()
        return add_record(
            dialogue.procurement,
            by=by,
            kind=RecordKind.DIALOGUE_REPORT,
            key=uuid.uuid4(),
            written=Written(timezone.localdate(), report_of(kept)),
        )


def open_dialogue_again(dialogue: MarketDialogue, *, by: Person) -> None:
    """Go on with a dialogue; its first report stays, and finishing again writes another."""
    with transaction.atomic(), acting(by, act="dialogue_opened_again"):
        changed(locked(dialogue), {"finished_at": None, "finished_by": None})


def report_of(dialogue: MarketDialogue) -> str:
    """The record of a dialogue as one text."""
    parts = []
    for step in steps_of(dialogue):
        lines = [
            f"{day_text(step.held_on)}, {step.get_way_display()}",
            _("Invited: {names}").format(names=", ".join(step.suppliers_invited)),
            _("Took part or answered: {names}").format(names=", ".join(step.suppliers_there) or "–"),
            _("Asked: {text}").format(text=step.asked),
            _("Answers: {text}").format(text=step.answers or "–"),
        ]
        parts.append("\n".join(lines))
    parts.append(_("What changed in the procurement: {text}").format(text=dialogue.changes))
    parts.append(_("Equal information: {text}").format(text=dialogue.equal_information))
    whole = "\n\n".join(parts)
    return whole if len(whole) <= LONGEST_REPORT else f"{whole[: LONGEST_REPORT - 1]}…"


def _check_day(day: dt.date) -> None:
    if day > timezone.localdate():
        raise NotHeldYet(day=day_text(day))
