"""A mail's text: its template in the recipient's language, with why they got it and how to stop it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from keino.web.base.mail import stop_token, topics

if TYPE_CHECKING:
    from keino.web.base.models import Mail


@dataclass(frozen=True)
class MailText:
    """A mail as it goes out. ``stop_url`` is empty where it can't be stopped."""

    subject: str
    text: str
    html: str
    stop_url: str


def written(mail: Mail) -> MailText:
    """Write a mail in its language."""
    with translation.override(mail.language):
        subject, body, reason = _blocks(mail)
        stop_url = (
            settings.SITE_ADDRESS + reverse("operations:stop_mail", args=[stop_token(mail)]) if mail.topic else ""
        )
        footer = {
            "reason": reason or _reason(mail),
            "stop_url": stop_url,
            "settings_url": settings.SITE_ADDRESS + reverse("operations:mail_settings") if mail.person_id else "",
            "site_address": settings.SITE_ADDRESS,
        }
        context = {"subject": subject, "body": body, "language": mail.language, **footer}
        text = render_to_string("base/mail/frame.txt", context).strip() + "\n"
        return MailText(subject, text, render_to_string("base/mail/frame.html", context), stop_url)


def summary_part(mail: Mail) -> dict[str, str]:
    """Subject and body of one mail inside a summary."""
    subject, body, _reason_of_part = _blocks(mail)
    return {"subject": subject, "body": body}


def _blocks(mail: Mail) -> tuple[str, str, str]:
    """Subject on one line, body, and the template's own reason."""
    template: Any = get_template(template_path(mail.template)).template  # type: ignore[attr-defined]
    values = {name: value for name, value in mail.values.items() if not name.startswith("_")}
    # a template reads a secret value without the underscore, which it may not begin a name with
    values |= {name[1:]: value for name, value in mail.values.items() if name.startswith("_secret")}
    context = Context(
        {**values, "mail": mail, "site_address": settings.SITE_ADDRESS, "parts": _parts(mail)},
        autoescape=False,
    )
    found = {node.name: node for node in template.nodelist.get_nodes_by_type(BlockNode)}
    texts = {}
    for name in ("subject", "body", "reason"):
        with context.bind_template(template):
            texts[name] = found[name].render(context).strip() if name in found else ""
    return " ".join(texts["subject"].split()), texts["body"], texts["reason"]


def _parts(mail: Mail) -> list[dict[str, str]]:
    if mail.template != "base/mail/summary.txt":
        return []
    return [summary_part(part) for part in mail.parts.select_related("person").order_by("created_at", "pk")]


def template_path(name: str) -> str:
    """The path of a template: ``accounts/mail/code.txt``, also when only ``accounts/code`` was said."""
    if name.endswith(".txt"):
        return name
    app, _slash, rest = name.removesuffix(".txt").partition("/")
    return f"{app}/mail/{rest.removeprefix('mail/')}.txt"


def _reason(mail: Mail) -> str:
    title = topics().get(mail.topic)
    if title is not None:
        return _("You get this mail because you follow “%(topic)s” in keino.") % {"topic": title}
    if mail.topic or mail.template == "base/mail/summary.txt":
        return _("You get this mail because you have an account in keino.")
    return _(
        "You get this mail because you, or somebody in your organisation, asked for something in keino that can't be "
        "done without it. If you don't know what it is about, you need not do anything."
    )
