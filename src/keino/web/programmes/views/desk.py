"""The desk of programmes: the list, making one from what is on record, the page of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keino.report.language import translator
from keino.web.base.addresses import address_or_none
from keino.web.base.choices import Language
from keino.web.base.translated import LANGUAGES, reader_language
from keino.web.base.who_asks import the_person
from keino.web.organisations.choices import OrganisationKind, RoleKind
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import permitted_page
from keino.web.organisations.rules import roles_today
from keino.web.organisations.views.editing import saved
from keino.web.programmes.choices import MOVES, OVER, Act, EditionState
from keino.web.programmes.dates_in_words import time_of
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.errors.editions import UnknownTemplate
from keino.web.programmes.forms.editions import TEXTS, EditionFilter, NewEditionForm
from keino.web.programmes.models import Edition
from keino.web.programmes.on_record import on_record, recorded
from keino.web.programmes.queries.calendar import allowed_now
from keino.web.programmes.queries.editions import dates_with_events, editions_of_desk
from keino.web.programmes.services.editions import create_edition
from keino.web.programmes.services.parts import NOT_YET_OPENED
from keino.web.programmes.services.states import missing_to_publish
from keino.web.programmes.views.common import form_answer, to_desk
from keino.web.programmes.views.public import MISSING, call_page, recorded_row

PER_PAGE = 50
#: A new edition is proposed to begin so long from now: a call takes some four months.
AHEAD = dt.timedelta(weeks=20)
#: Pages of other parts that begin with an edition, where they exist: name and what they are called.
NEIGHBOURS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("programmes:desk_applications", gettext_lazy("Applications"), ("programmes.see_applications",)),
    ("programmes:desk_discussions", gettext_lazy("Discussions with applicants"), ("programmes.hold_discussions",)),
    (
        "programmes:selection",
        gettext_lazy("Selection"),
        ("programmes.manage_edition", "programmes.decide_edition", "programmes.review"),
    ),
    ("cohorts:desk_edition", gettext_lazy("Participants and their work"), ("cohorts.define",)),
    ("cohorts:desk_groups", gettext_lazy("Small groups"), ("programmes.manage_edition", "programmes.mentor_edition")),
    ("cohorts:edition_effect", gettext_lazy("Does it help?"), ("programmes.see_effect",)),
)
S = EditionState
PATH = (S.DRAFT, S.PUBLISHED, S.OPEN, S.CLOSED, S.RUNNING, S.COMPLETED)


@require_safe
@permitted_page("programmes.work")
def desk_programmes(request: HttpRequest) -> HttpResponse:
    """Programmes that the person works for."""
    form = EditionFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = editions_of_desk(the_person(request), state=chosen.get("state", ""), theme=chosen.get("theme", ""))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "may_manage": request.user.has_perm("programmes.manage")}
    return render(request, "programmes/desk/list.html", context)


@require_safe
@permitted_page("programmes.manage")
def desk_new(request: HttpRequest) -> HttpResponse:
    """Choose what a new programme is made from."""
    return render(request, "programmes/desk/new.html", {"rows": [recorded_row(each) for each in on_record()]})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("programmes.manage")
def desk_new_from(request: HttpRequest, template: str) -> HttpResponse:
    """Make a draft from a programme on record."""
    try:
        found = recorded(template)
    except UnknownTemplate as error:
        raise Http404 from error
    centre = _centre_of(request)
    if centre is None:
        raise PermissionDenied
    form = NewEditionForm(request.POST or None, initial={"first_day": timezone.localdate() + AHEAD})
    made = saved(
        request,
        form,
        lambda: create_edition(
            organisation=centre,
            template=template,
            first_day=form.cleaned_data["first_day"],
            key=form.new_key,
            by=the_person(request),
        ),
    )
    if made is not None:
        messages.success(request, _("The draft was made. Only people of the centre see it until you publish it."))
        return to_desk(made)
    row = recorded_row(found)
    return form_answer(
        request,
        form,
        title=_("New programme like “{name}”").format(name=row["name"]),
        button=_("Make the draft"),
        cancel_url=reverse("programmes:desk_new"),
        template="programmes/desk/new_from.html",
        row=row,
        notes=[each.note[reader_language()] for each in found.dates if each.note],
    )


def _centre_of(request: HttpRequest) -> Organisation | None:
    """The centre where the person coordinates."""
    own = [role.organisation_id for role in roles_today(the_person(request)) if role.kind == RoleKind.COORDINATOR]
    return Organisation.objects.filter(pk__in=own, kind=OrganisationKind.COMPETENCE_CENTRE).order_by("pk").first()


@require_safe
@edition_page("programmes.see_edition")
def desk_programme(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Where it stands, what the next step lacks, its parts and its people."""
    person = the_person(request)
    dates = dates_with_events(edition)
    rules = list(edition.eligibility_rules.all())
    for rule in rules:
        rule.edition = edition
    context: dict[str, Any] = call_page(edition, dates) | {
        "path": _path(edition),
        "times": [time_of(date) for date in dates],
        "rules": rules,
        "people": _people(edition),
        "moves": [
            {"date": move.moved_at, "title": S(move.to_state).label.capitalize(), "text": str(move.moved_by or "")}
            for move in edition.moves.select_related("moved_by")
        ],
        "texts": _texts(edition),
        "acts": _acts(edition),
        "not_on_record": _not_on_record(edition),
        "neighbours": [
            {"title": title, "url": url}
            for name, title, permissions in NEIGHBOURS
            if any(person.has_perm(each, edition) for each in permissions)
            and (url := address_or_none(name, edition=edition.slug)) is not None
        ],
        "may_manage": person.has_perm("programmes.manage_edition", edition) and edition.state not in OVER,
        "may_publish": person.has_perm("programmes.publish_edition", edition),
        "is_before_call": edition.state in NOT_YET_OPENED,
        **_next_step(edition),
    }
    return render(request, "programmes/desk/programme.html", context)


def _acts(edition: Edition) -> list[str]:
    """What the calendar allows now; nothing while nobody sees it."""
    allowed = allowed_now(edition) if edition.is_public else frozenset()
    return [str(Act(act).label) for act in Act.values if act in allowed]


def _path(edition: Edition) -> list[dict[str, Any]]:
    """The states in their order, as the stepper takes them; a cancelled one stopped somewhere."""
    passed = {move.to_state for move in edition.moves.all()}
    return [
        {
            "title": S(state).label.capitalize(),
            "url": "",
            "state": "current" if state == edition.state else "done" if state in passed else "todo",
        }
        for state in PATH
    ]


def _people(edition: Edition) -> list[dict[str, Any]]:
    """Those named, under what they are named as."""
    found: dict[str, list[str]] = {}
    for named in edition.people.select_related("person"):
        found.setdefault(str(named.get_kind_display()), []).append(str(named.person))
    return [{"kind": kind, "people": people} for kind, people in found.items()]


def _texts(edition: Edition) -> list[dict[str, Any]]:
    """How much of the call is written in each language."""
    rows = []
    for language in LANGUAGES:
        lacking = [str(label) for name, label, *_rest in TEXTS if not getattr(edition, f"{name}_{language}")]
        rows.append({"code": language, "language": Language(language).label, "lacking": lacking})
    return rows


def _not_on_record(edition: Edition) -> list[str]:
    """What the source of the template leaves open, so that somebody decides it."""
    try:
        return [str(MISSING[each]) for each in recorded(edition.template).not_on_record] if edition.template else []
    except UnknownTemplate:  # a template of an earlier version
        return []


def move_url(edition: Edition, to: str) -> str:
    """Where an edition is moved on. Completing one has a page of its own, where there is one: it makes alumni."""
    closing = address_or_none("cohorts:desk_close", edition=edition.slug) if to == S.COMPLETED else None
    return closing or reverse("programmes:desk_move", kwargs={"slug": edition.slug, "to": to})


def _next_step(edition: Edition) -> dict[str, Any]:
    """The state that comes next, with what it lacks; the other moves that people may make."""
    following: dict[str, str] = {
        S.DRAFT: S.PUBLISHED,
        S.PUBLISHED: S.OPEN,
        S.OPEN: S.CLOSED,
        S.CLOSED: S.RUNNING,
        S.RUNNING: S.COMPLETED,
    }
    wanted = following.get(edition.state, "")
    say = translator(reader_language()).say
    lacks = [say(problem) for problem in missing_to_publish(edition)] if edition.state == S.DRAFT else []
    others = [state for state in MOVES[edition.state] if state != wanted]
    return {
        "next_state": wanted,
        "next_url": move_url(edition, wanted) if wanted else "",
        "next_words": str(MOVE_WORDS[wanted]) if wanted else "",
        "lacks": lacks,
        "other_moves": [
            {"state": state, "words": str(MOVE_WORDS[state])} for state in EditionState.values if state in others
        ],
    }


#: What a button says that moves an edition to a state.
MOVE_WORDS: dict[str, Any] = {
    S.DRAFT: gettext_lazy("Take it back to draft"),
    S.PUBLISHED: gettext_lazy("Publish the programme"),
    S.OPEN: gettext_lazy("Open the call"),
    S.CLOSED: gettext_lazy("Close the call"),
    S.RUNNING: gettext_lazy("Begin the programme"),
    S.COMPLETED: gettext_lazy("Complete the programme"),
    S.CANCELLED: gettext_lazy("Cancel the programme"),
}
