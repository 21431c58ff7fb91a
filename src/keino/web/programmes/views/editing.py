"""Changing what an edition says of itself: texts, places and rules; naming people; moving it on."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.choices import Language
from keino.web.base.deeds import tell
from keino.web.base.models import Person
from keino.web.base.translated import LANGUAGES
from keino.web.base.who_asks import the_person
from keino.web.events.times import when_text
from keino.web.organisations.views.editing import did_save, saved
from keino.web.programmes.choices import MOVES, EditionState
from keino.web.programmes.concerned import concerned_by
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.forms.editions import CancelForm, PersonForm, SettingsForm, TextsForm
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.discussions import without_expert
from keino.web.programmes.services.editions import change_edition
from keino.web.programmes.services.people import name_person, unname_person
from keino.web.programmes.services.states import move_edition
from keino.web.programmes.views.common import desk_url, form_answer, to_desk
from keino.web.programmes.views.desk import MOVE_WORDS, move_url


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_texts(request: HttpRequest, edition: Edition, language: str) -> HttpResponse:
    """The texts of the call in one language; those of a translation stand beside the original."""
    if language not in LANGUAGES:
        raise Http404
    form = TextsForm(request.POST or None, thing=edition, language=language)
    if did_save(
        request,
        form,
        lambda: _done(change_edition(edition, by=the_person(request), seen=form.version_seen, **form.values())),
    ):
        return to_desk(edition, "texts")
    original = edition.original_language
    return form_answer(
        request,
        form,
        edition=edition,
        title=_("Texts of the call: {language}").format(language=Language(language).label),
        cancel_url=desk_url(edition, "texts"),
        template="programmes/desk/texts.html",
        languages=[(code, Language(code).label) for code in LANGUAGES],
        language=language,
        original_language=original,
        originals=[] if language == original else _originals(form, edition, original),
    )


def _originals(form: TextsForm, edition: Edition, original: str) -> list[dict[str, str]]:
    """What stands in the original, field by field."""
    found = []
    for name, field in form.fields.items():
        if name not in {"key", "seen"}:
            text = getattr(edition, f"{name[:-3]}_{original}") or ""
            if text:
                found.append({"label": str(field.label), "text": text})
    return found


def _done(_row: object) -> None:
    """A service's answer that the page doesn't need."""


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_settings(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Theme, languages, places, teams, whom people ask."""
    form = SettingsForm(request.POST or None, thing=edition)
    if did_save(
        request,
        form,
        lambda: _done(change_edition(edition, by=the_person(request), seen=form.version_seen, **form.values())),
    ):
        return to_desk(edition, "settings")
    title = _("Places, teams and contacts")
    return form_answer(request, form, edition=edition, title=title, cancel_url=desk_url(edition, "settings"))


# ---- people


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_people(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Who is named in the edition; name somebody."""
    form = PersonForm(request.POST or None)
    named = saved(
        request,
        form,
        lambda: name_person(
            edition, person=form.cleaned_data["person"], kind=form.cleaned_data["kind"], by=the_person(request)
        ),
    )
    if named is not None:
        messages.success(request, _("{person} was named and told by mail.").format(person=named.person))
        return redirect("programmes:desk_people", slug=edition.slug)
    return form_answer(
        request,
        form,
        edition=edition,
        title=_("People of the programme"),
        button=pgettext("button", "Name the person"),
        cancel_url=desk_url(edition, "people"),
        template="programmes/desk/people.html",
        named=edition.people.select_related("person").order_by("kind", "person__name", "pk"),
    )


@require_POST
@edition_page("programmes.manage_edition")
def desk_person_remove(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """Take a person's part away."""
    named = get_object_or_404(edition.people.select_related("edition", "person"), pk=number)
    try:
        unname_person(named, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("{person} has this part no more.").format(person=named.person))
        _tell_of_discussions(request, edition, named.person)
    return redirect("programmes:desk_people", slug=edition.slug)


def _tell_of_discussions(request: HttpRequest, edition: Edition, person: Person) -> None:
    """Say which booked discussions the person can't hold now; by their times, for applicants may be closed to one."""
    left = list(without_expert(edition).filter(experts__person=person))
    if left:
        said = ngettext(
            "{count} booked discussion needs somebody else than {person}: {times}. Cancel it under “Discussions”: the "
            "applicant is told and books another time.",
            "{count} booked discussions need somebody else than {person}: {times}. Cancel them under “Discussions”: "
            "the applicants are told and book another time.",
            len(left),
        )
        times = "; ".join(when_text(each.starts_at, each.ends_at) for each in left)
        messages.warning(request, said.format(count=len(left), person=person, times=times))


# ---- moving on


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.publish_edition")
def desk_move(request: HttpRequest, edition: Edition, to: str) -> HttpResponse:
    """Ask before an edition moves to another state; tell what follows."""
    if to not in EditionState.values:
        raise Http404
    if to not in MOVES[edition.state] and edition.state != to:
        messages.error(request, _("The programme is now “{state}”.").format(state=edition.get_state_display()))
        return to_desk(edition)
    if to == EditionState.CANCELLED:
        return _cancel(request, edition)
    if move_url(edition, to) != request.path:
        return redirect(move_url(edition, to))
    if request.method == "POST":
        return _move(request, edition, to=to)
    context = {
        "edition": edition,
        "title": str(MOVE_WORDS[to]),
        "text": _WHAT_FOLLOWS[EditionState(to)](),
        "action_url": reverse("programmes:desk_move", kwargs={"slug": edition.slug, "to": to}),
        "cancel_url": desk_url(edition),
    }
    return render(request, "programmes/desk/move.html", context)


def _move(request: HttpRequest, edition: Edition, *, to: str, why: str = "") -> HttpResponse:
    if not request.user.has_perm("programmes.publish_edition", edition):
        raise PermissionDenied
    try:
        moved = move_edition(edition, to=to, by=the_person(request), why=why)
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The programme is now “{state}”.").format(state=moved.get_state_display()))
    return to_desk(edition)


def _cancel(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _move(request, edition, to=EditionState.CANCELLED, why=form.cleaned_data["why"])
    people = len(concerned_by(edition))
    return form_answer(
        request,
        form,
        edition=edition,
        title=str(MOVE_WORDS[EditionState.CANCELLED]),
        lead=_(
            "Calls and sessions to come are called off, and {people} people are told by mail. It can’t be undone."
        ).format(people=people),
        button=str(MOVE_WORDS[EditionState.CANCELLED]),
        cancel_url=desk_url(edition),
    )


#: What follows from a move, for the page that asks.
_WHAT_FOLLOWS = {
    EditionState.DRAFT: lambda: _("Only people of the centre see it then. Sessions stay as they are."),
    EditionState.PUBLISHED: lambda: _(
        "Everyone sees the programme and its calendar. The call opens by itself on its day, and sessions become events."
    ),
    EditionState.OPEN: lambda: _(
        "Organisations can apply until the deadline. From now on, what is asked and how it is weighed stays as it is."
    ),
    EditionState.CLOSED: lambda: _("Nobody can begin an application any more. Drafts are kept."),
    EditionState.RUNNING: lambda: _("The programme begins for those who have confirmed their place."),
    EditionState.COMPLETED: lambda: _("The programme ends. What was done in it stays."),
}
