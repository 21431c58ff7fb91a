"""Criteria, rules of eligibility and roles of a team: add, change, take out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.views.editing import saved
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.forms.parts import PART_FORMS
from keino.web.programmes.models import Edition
from keino.web.programmes.services.parts import NOT_YET_OPENED, add_part, change_part, remove_part
from keino.web.programmes.views.common import desk_url, form_answer, to_desk

_NEW = {
    "criteria": gettext_lazy("Add a criterion"),
    "eligibility": gettext_lazy("Add a rule of the self-check"),
    "team": gettext_lazy("Add a role of the team"),
}


def _known(kind: str) -> Any:
    if kind not in PART_FORMS:
        raise Http404
    return PART_FORMS[kind]


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_part_new(request: HttpRequest, edition: Edition, part: str) -> HttpResponse:
    """Add a criterion, a rule or a role."""
    model, form_class = _known(part)
    form = form_class(request.POST or None, edition=edition)
    made = saved(
        request,
        form,
        lambda: add_part(model, edition, by=the_person(request), seen=form.version_seen, **form.values()),
    )
    if made is not None:
        messages.success(request, _("Saved."))
        return to_desk(edition, part)
    return form_answer(request, form, edition=edition, title=str(_NEW[part]), cancel_url=desk_url(edition, part))


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_part(request: HttpRequest, edition: Edition, part: str, code: str) -> HttpResponse:
    """Change a criterion, a rule or a role; once the call was opened, its wording only."""
    found = _found(edition, part, code)
    only_words = edition.state not in NOT_YET_OPENED
    form = _known(part)[1](request.POST or None, edition=edition, thing=found, only_words=only_words)
    done = saved(
        request,
        form,
        lambda: change_part(found, by=the_person(request), seen=form.version_seen, **form.values()),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return to_desk(edition, part)
    return form_answer(
        request,
        form,
        edition=edition,
        title=found.shown_name,
        cancel_url=desk_url(edition, part),
        lead=_("The call was opened, so only wording can be mended.") if only_words else "",
        template="programmes/desk/part.html",
        remove_url=""
        if only_words
        else reverse("programmes:desk_part_remove", kwargs={"slug": edition.slug, "part": part, "code": code}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_part_remove(request: HttpRequest, edition: Edition, part: str, code: str) -> HttpResponse:
    """Take out a criterion, a rule or a role."""
    if request.method == "POST" and not _known(part)[0].objects.filter(edition=edition, code=code).exists():
        return to_desk(edition, part)  # a second press: it is gone already
    found = _found(edition, part, code)
    if request.method == "POST":
        try:
            remove_part(found, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("“{name}” was taken out.").format(name=found.shown_name))
        return to_desk(edition, part)
    context = {
        "edition": edition,
        "title": _("Take out “{name}”").format(name=found.shown_name),
        "text": _("It is taken out of the programme. Nothing else changes."),
        "action_url": request.path,
        "cancel_url": desk_url(edition, part),
    }
    return render(request, "programmes/desk/move.html", context)


def _found(edition: Edition, part: str, code: str) -> Any:
    found = get_object_or_404(_known(part)[0], edition=edition, code=code)
    found.edition = edition
    return found
