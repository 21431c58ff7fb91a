"""The lists of background work, mail and workers."""

from __future__ import annotations

from typing import Any

from keino.web.base.choices import JobState
from keino.web.base.mail import send_later
from keino.web.base.models import Job, WorkerBeat
from tests.factories.web import a_person
from tests.web.lists import Listed


def _job(_scene: Any, _person: Any, _number: int) -> None:
    Job.objects.create(kind="operations.retire", state=JobState.WAITING, created_by=a_person())


def _mail(_scene: Any, _person: Any, number: int) -> None:
    send_later("base/mail/summary.txt", to=a_person(), topic="news", count=number)


def _worker(_scene: Any, _person: Any, number: int) -> None:
    WorkerBeat.objects.create(name=f"here/long-{number}", queue="long")


LISTS = [
    Listed("operations:overview", _worker),
    Listed("operations:jobs", _job),
    Listed("operations:mails", _mail),
]
