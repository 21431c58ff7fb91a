"""What an application says, as reviewers and deciders read it; without names where nobody is to see who applies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.web.programmes.models.texts import short_text
from keino.web.programmes.queries.commitments import changed_since, commitment_of, how_confirmed

if TYPE_CHECKING:
    from keino.web.programmes.models import Application


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it: a text, or lines."""

    title: str
    text: str = ""
    lines: tuple[str, ...] = ()


def application_parts(application: Application, *, is_anonymous: bool) -> list[Part]:
    """The parts of an application in their order. Anonymous: without the names of people."""
    names = ("interest", "pilot", "motivation", "groundwork", "sharing", "capacity")
    field = application._meta.get_field  # noqa: SLF001  # Django's own name for it
    parts = [Part(str(field(name).verbose_name), getattr(application, name)) for name in names]  # type: ignore[union-attr]
    wanted = {
        each.code: short_text(each, "name", application.edition.original_language) or each.code
        for each in application.edition.team_roles.all()
    }
    team = []
    for member in application.members.all():
        role = wanted.get(member.role) or pgettext("role in a team", "no certain role")
        said = role if is_anonymous else ", ".join(filter(None, (member.name, member.title, role)))
        team.append(_("{who} (responsible person)").format(who=said) if member.is_responsible else said)
    parts.append(Part(_("Team"), lines=tuple(team)))
    commitment = _commitment(application, is_anonymous=is_anonymous)
    parts.append(Part(_("Commitment of the management"), lines=tuple(commitment)))
    return [each for each in parts if each.text or each.lines] + [
        Part(each.title) for each in parts if not each.text and not each.lines
    ]


def _commitment(application: Application, *, is_anonymous: bool) -> list[str]:
    """Who confirmed and in what way, and what changed after that."""
    confirmed = commitment_of(application)
    if confirmed is None:
        return []
    said = [_("The management has confirmed its commitment.")]
    if not is_anonymous:
        said = [", ".join(filter(None, (str(confirmed), confirmed.confirmed_title))), how_confirmed(confirmed)]
    if changed := changed_since(confirmed):
        parts = ", ".join(changed)
        text = _("Changed after that: %(parts)s. The management hasn’t confirmed what is there now.")
        said.append(text % {"parts": parts})
    return [each for each in said if each]
