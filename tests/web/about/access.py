"""Who may open the pages about the site."""

from __future__ import annotations

from tests.web.access import EVERYONE, KEEPERS, Address

ADMINISTRATOR = frozenset({"administrator"})

ADDRESSES = [
    Address("about:front", EVERYONE),
    Address("about:methods", EVERYONE),
    Address("about:sources", EVERYONE, query="?q=defra"),
    Address("about:source", EVERYONE, lambda _scene: {"key": "figaro_fi"}),
    Address("about:privacy", EVERYONE),
    Address("about:statistics", EVERYONE),
    Address("about:accessibility", EVERYONE),
    Address("about:criteria", ADMINISTRATOR),
    Address("about:criterion", ADMINISTRATOR, lambda _scene: {"number": "1.4.3"}),
    Address(
        "about:criterion",
        ADMINISTRATOR,
        lambda _scene: {"number": "1.4.3"},
        method="post",
        data=lambda _scene: {"finding": "pass", "method": "self", "evaluated_on": "2026-11-01", "seen_version": "0"},
    ),
    Address("about:feedback", EVERYONE),
    Address("about:feedback_sent", EVERYONE, lambda scene: {"public_id": scene.feedback.public_id}),
    Address("about:desk_feedback", KEEPERS),
    Address("about:answer_feedback", KEEPERS, lambda scene: {"public_id": scene.feedback.public_id}),
    Address(
        "about:answer_feedback",
        KEEPERS,
        lambda scene: {"public_id": scene.feedback.public_id},
        method="post",
        data=lambda _scene: {"answer": "Thank you, it is mended.", "version": "1"},
    ),
    Address("about:security_txt", EVERYONE),
    # Sends everyone on to /account/password/change/, which the matrix takes for a refusal but of one who may go there.
    Address("about:change_password", EVERYONE),
    Address("about:robots_txt", EVERYONE),
    Address("about:sitemap", EVERYONE),
]
