"""All applications to an edition as a workbook: states and roles in the reader's language, texts as written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from keino.report.plain_book import Cell, PlainPage, plain_book
from keino.web.base.templatetags.keino import moment, yes_or_no
from keino.web.base.translated import reader_language
from keino.web.organisations.codes import region_name
from keino.web.programmes.models.application import label_of
from keino.web.programmes.queries.application_questions import answers_of, questions_of, subject_of
from keino.web.surveys.answer_words import answer_rows
from keino.web.surveys.texts import in_reader_language

if TYPE_CHECKING:
    from keino.web.programmes.models import Application, Edition
    from keino.web.surveys.models import FormAnswer, FormVersion

TEXTS = ("interest", "pilot", "motivation", "groundwork", "sharing", "capacity")


def applications_workbook(edition: Edition, applications: Iterable[Application], *, title: str) -> bytes:
    """Two pages: the applications, and the people of their teams. Texts are never formulas."""
    found = list(applications)
    version, answers = questions_of(edition), answers_of(found)
    title = f"{title}: {edition.shown_name}"
    pages = [
        PlainPage(
            _("Applications"),
            [*_heads(), *_questions(version)],
            [[*_row(each), *_answers(version, answers.get(subject_of(each)))] for each in found],
            title,
            width=28,
        ),
        PlainPage(_("Teams"), _team_heads(), _team_rows(edition, found), title, width=28),
    ]
    return plain_book(pages, title=title)


def file_name(edition: Edition) -> str:
    """A name that says which edition's applications of which day they are."""
    return f"keino-{slugify(edition.slug)[:60]}-applications-{timezone.localdate():%Y-%m-%d}.xlsx"


def _heads() -> list[str]:
    texts = [label_of(name) for name in TEXTS]
    return [
        _("Organisation"),
        _("Kind"),
        _("Region"),
        _("State"),
        _("Interest told"),
        _("Sent"),
        *texts,
        _("People in the team"),
        _("Management's commitment"),
        _("Gives data"),
        _("May be published"),
    ]


def _row(each: Application) -> list[Cell]:
    organisation = each.organisation
    confirmed = [request for request in each.commitments.all() if request.confirmed_at is not None]
    return [
        organisation.shown_name,
        str(organisation.get_kind_display()),
        region_name(organisation.region_code, reader_language()) if organisation.region_code else "",
        str(each.get_state_display()),
        moment(each.told_at),
        moment(each.submitted_at) if each.submitted_at else "",
        *(getattr(each, name) for name in TEXTS),
        len(each.members.all()),
        yes_or_no(bool(confirmed)),
        yes_or_no(each.agrees_to_data),
        yes_or_no(each.agrees_to_publication),
    ]


def _questions(version: FormVersion | None) -> list[str]:
    return [str(in_reader_language(question.text)) for question in version.asked] if version else []


def _answers(version: FormVersion | None, answer: FormAnswer | None) -> list[Cell]:
    """Answers to the edition's own questions in words: choices in the reader's language."""
    if version is None:
        return []
    given = {row.question.code: row.answer for row in answer_rows(answer)} if answer else {}
    return [given.get(question.code, "") for question in version.asked]


def _team_heads() -> list[str]:
    return [
        _("Organisation"),
        _("Name"),
        _("E-mail address"),
        _("Title or unit"),
        _("Role in the team"),
        _("Responsible"),
    ]


def _team_rows(edition: Edition, found: Iterable[Application]) -> list[list[Cell]]:
    roles = {role.code: role.shown_name for role in edition.team_roles.select_related("edition")}
    return [
        [
            each.organisation.shown_name,
            member.name,
            member.email,
            member.title,
            roles.get(member.role, ""),
            yes_or_no(member.is_responsible),
        ]
        for each in found
        for member in each.members.all()
    ]
