"""The steps of a selection, from the audit trail: who did what when, for those who oversee it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from keino.web.organisations.acts import ACTS
from keino.web.programmes.models import (
    Application,
    DecidedApplication,
    DeclaredTie,
    GuideQuestion,
    Interview,
    Review,
    Selection,
    SelectionDecision,
)
from keino.web.programmes.queries.decisions_seen import closed_decisions
from keino.web.programmes.queries.ties import tied_from

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition

#: Tables whose rows belong to the whole edition, and those whose rows belong to one application.
_OF_EDITION: tuple[type[Model], ...] = (Selection, GuideQuestion, SelectionDecision)
_OF_APPLICATION: tuple[type[Model], ...] = (Review, DeclaredTie, Interview, DecidedApplication)


@dataclass(frozen=True)
class Step:
    """One step: when, who, what, about which applicant (empty: all)."""

    when: dt.datetime
    who: str
    act: str | _StrPromise
    about: str


def steps_of(edition: Edition, person: Person) -> list[Step]:
    """The steps, the newest first; several rows that one deed wrote are one. Without what the person has a tie to."""
    applications = {
        each.pk: each for each in Application.objects.filter(edition=edition).select_related("organisation")
    }
    closed = tied_from(person, list(applications.values()))
    hidden = {
        (ContentType.objects.get_for_model(SelectionDecision).pk, key) for key in closed_decisions(person, edition)
    }
    about: dict[tuple[int, int], int | None] = {}
    wanted = Q(pk__in=[])
    tables: tuple[type[Model], ...] = (*_OF_EDITION, *_OF_APPLICATION, Application)
    for model in tables:
        kind = ContentType.objects.get_for_model(model)
        rows = _rows(model, edition)
        about |= {(kind.pk, row): application for row, application in rows}
        wanted |= Q(content_type=kind, object_id__in=[row for row, _application in rows])
    found: list[Step] = []
    for entry in LogEntry.objects.filter(wanted).select_related("actor").order_by("-timestamp", "-pk"):
        act = (entry.additional_data or {}).get("act", "")
        application = about.get((entry.content_type_id, entry.object_id))
        if act not in ACTS or application in closed or (entry.content_type_id, entry.object_id) in hidden:
            continue
        name = str(applications[application].organisation) if application else ""
        step = Step(entry.timestamp, str(entry.actor or ""), ACTS[act], name)
        if not (found and _are_one(found[-1], step)):
            found.append(step)
    return found


def _rows(model: type[Model], edition: Edition) -> Iterable[tuple[int, int | None]]:
    manager = model._default_manager  # noqa: SLF001  # Django's own name for it
    if model is Application:
        return [(pk, pk) for pk in manager.filter(edition=edition).values_list("pk", flat=True)]
    if model in _OF_EDITION:
        return [(pk, None) for pk in manager.filter(edition=edition).values_list("pk", flat=True)]
    return list(manager.filter(application__edition=edition).values_list("pk", "application"))


def _are_one(newer: Step, older: Step) -> bool:
    same = (newer.who, newer.act, newer.about) == (older.who, older.act, older.about)
    return same and newer.when - older.when < dt.timedelta(minutes=1)
