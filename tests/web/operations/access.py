"""Who may open the pages that keep the site running."""

from __future__ import annotations

from typing import Any

from tests.web.access import EVERYONE, LOGGED_IN, READERS, Address

KEEPER = frozenset({"administrator"})


def _job(scene: Any) -> dict[str, Any]:
    return {"public_id": scene.job.public_id}


def _mail(scene: Any) -> dict[str, Any]:
    return {"public_id": scene.mail.public_id}


ADDRESSES = [
    Address("operations:health", EVERYONE),
    Address("operations:ready", EVERYONE, answers=frozenset({200, 503})),
    Address("operations:metrics", EVERYONE),  # from this machine; test_machines tries others
    Address("operations:job", READERS | KEEPER, _job, answers=frozenset({200})),
    Address("operations:mail_settings", LOGGED_IN, answers=frozenset({200})),
    Address("operations:stop_mail", EVERYONE, lambda scene: {"token": scene.stop_token}),
    Address("operations:overview", KEEPER, answers=frozenset({200})),
    Address("operations:jobs", KEEPER, answers=frozenset({200})),
    Address("operations:desk_job", KEEPER, _job, answers=frozenset({200})),
    Address("operations:retry_job", KEEPER, _job, method="post", answers=frozenset({302})),
    Address("operations:mails", KEEPER, answers=frozenset({200})),
    Address("operations:desk_mail", KEEPER, _mail, answers=frozenset({200})),
    Address("operations:resend_mail", KEEPER, _mail, method="post", answers=frozenset({302})),
    Address("operations:timetable", KEEPER, answers=frozenset({200})),
]
