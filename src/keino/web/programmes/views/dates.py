"""The calendar of an edition: change one date or several, see whom it tells, then save.

A first press shows what would change and whom it tells; a second one saves. Where nobody is told, the first one saves.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.report.language import translator
from keino.web.base.errors import Conflict
from keino.web.base.translated import reader_language
from keino.web.base.who_asks import the_person
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import refuse
from keino.web.programmes.choices import OVER, DateKind
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.errors.editions import CalendarDoesNotHold
from keino.web.programmes.forms.dates import AllDatesForm, DateForm, KindForm, WeeksForm
from keino.web.programmes.models import Edition, EditionDate
from keino.web.programmes.queries.editions import dates_with_events
from keino.web.programmes.services.calendar import change_dates
from keino.web.programmes.services.date_changes import Change, Wanted, changes_of, lacks_after, wanted_of
from keino.web.programmes.services.date_mails import change_in_words, recipients_of
from keino.web.programmes.views.common import desk_url, form_answer, to_desk
from keino.web.programmes.views.public import date_row

#: So many names are listed on the page that asks; the others are counted.
MOST_NAMES = 20


@require_safe
@edition_page("programmes.see_edition")
def desk_dates(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The whole calendar with what each date is called, when and where."""
    may_change = request.user.has_perm("programmes.manage_edition", edition) and edition.state not in OVER
    rows = [date_row(date) for date in dates_with_events(edition)]
    context = {"edition": edition, "rows": rows, "may_change": may_change}
    return render(request, "programmes/desk/dates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_dates_change(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Change the days and hours of several dates at once."""
    form = AllDatesForm(request.POST or None, edition=edition, dates=dates_with_events(edition))
    return _answer(request, edition, form, title=_("Change several dates"), template="programmes/desk/all_dates.html")


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_dates_weeks(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Move all dates to come by whole weeks."""
    form = WeeksForm(request.POST or None, edition=edition, dates=dates_with_events(edition))
    return _answer(request, edition, form, title=_("Move the calendar by weeks"))


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_date(request: HttpRequest, edition: Edition, date_id: uuid.UUID) -> HttpResponse:
    """Change one date."""
    date = _date(edition, date_id)
    form = DateForm(request.POST or None, edition=edition, kind=date.kind, thing=date)
    return _answer(request, edition, form, title=date.shown_name)


@require_http_methods(["GET", "HEAD"])
@edition_page("programmes.manage_edition")
def desk_date_kind(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Say what kind of date is added."""
    form = KindForm(request.GET or None)
    if form.is_valid():
        return redirect("programmes:desk_date_new", slug=edition.slug, kind=form.cleaned_data["kind"])
    return form_answer(
        request,
        form,
        edition=edition,
        title=_("Add a date"),
        button=_("Go on"),
        cancel_url=_dates_url(edition),
        template="programmes/desk/date_kind.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_date_new(request: HttpRequest, edition: Edition, kind: str) -> HttpResponse:
    """Add a date of a kind."""
    if kind not in DateKind.values:
        raise Http404
    form = DateForm(request.POST or None, edition=edition, kind=kind)
    return _answer(request, edition, form, title=_("Add: {what}").format(what=DateKind(kind).label))


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_date_remove(request: HttpRequest, edition: Edition, date_id: uuid.UUID) -> HttpResponse:
    """Take a date out, after showing whom it tells."""
    date = edition.dates.filter(public_id=date_id).select_related("event").first()
    if date is None and request.method == "POST":
        return redirect(_dates_url(edition))  # a second press: it is gone already
    if date is None:
        raise Http404
    date.edition = edition
    wanted = [wanted_of(date, is_gone=True)]
    form = EditForm(request.POST or None, initial={"seen": edition.version})
    if request.method == "POST" and form.is_valid() and _save(request, edition, form, wanted):
        return redirect(_dates_url(edition))
    return _preview(request, edition, changes_of(edition, wanted), {"seen": edition.version}, form=form)


def _date(edition: Edition, date_id: uuid.UUID) -> EditionDate:
    date = get_object_or_404(edition.dates.select_related("event"), public_id=date_id)
    date.edition = edition
    return date


def _dates_url(edition: Edition) -> str:
    return reverse("programmes:desk_dates", kwargs={"slug": edition.slug})


# ---- look, then save


def _answer(
    request: HttpRequest,
    edition: Edition,
    form: Any,
    *,
    title: str,
    template: str = "programmes/form.html",
) -> HttpResponse:
    """The form; what it would change and whom that tells; or, once that was seen, the calendar with it saved."""
    if edition.state in OVER:
        return to_desk(edition)
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        changes = changes_of(edition, wanted)
        if not changes:
            messages.info(request, _("Nothing was changed, so nobody was told."))
            return redirect(_dates_url(edition))
        problems = lacks_after(edition, changes)
        if problems:
            _refuse_all(form, problems)
        elif _is_told(edition, changes) and "confirm" not in request.POST:
            fields = {
                name: value for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "confirm"}
            }
            return _preview(request, edition, changes, fields)
        elif _save(request, edition, form, wanted):
            return redirect(_dates_url(edition))
    return form_answer(request, form, edition=edition, title=title, cancel_url=_dates_url(edition), template=template)


def _is_told(edition: Edition, changes: Sequence[Change]) -> bool:
    return edition.is_public and any(change.is_told for change in changes)


def _refuse_all(form: Any, problems: Any) -> None:
    """Say everything that doesn't fit, each on a line of its own."""
    say = translator(reader_language()).say
    form.add_error(None, [ValidationError(say(problem), code="calendar") for problem in problems])


def _save(request: HttpRequest, edition: Edition, form: Any, wanted: Sequence[Wanted]) -> bool:
    why = request.POST.get("why", "")[:500]
    try:
        changes = change_dates(edition, wanted=wanted, by=the_person(request), seen=form.version_seen, why=why)
    except CalendarDoesNotHold as error:
        _refuse_all(form, error.values["lacks"])
        return False
    except Conflict as error:
        edition.refresh_from_db()
        data = form.data.copy()
        data["seen"] = str(edition.version)
        form.data = data
        refuse(form, error)
        return False
    except KeinoError as error:
        refuse(form, error)
        return False
    told = sum(change.is_told for change in changes) if edition.is_public else 0
    said = ngettext(
        "Saved. {count} date changed; everyone concerned is told.",
        "Saved. {count} dates changed; everyone concerned is told.",
        told,
    )
    messages.success(request, said.format(count=told) if told else _("Saved."))
    return True


def _preview(
    request: HttpRequest, edition: Edition, changes: Sequence[Change], fields: dict[str, Any], *, form: Any = None
) -> HttpResponse:
    """What would change, and whom it tells."""
    told = [change for change in changes if change.is_told]
    events = [change.before.event for change in told if change.before is not None and change.before.event is not None]
    recipients = recipients_of(edition, events, by=the_person(request)) if edition.is_public else []
    names = sorted({recipient.name or recipient.address for recipient in recipients})
    context = {
        "edition": edition,
        "changes": [change_in_words(change) for change in changes],
        "names": names[:MOST_NAMES],
        "others": max(0, len(names) - MOST_NAMES),
        "people": len(names),
        "entries": len(events),
        "fields": fields | {"confirm": "1"},
        "cancel_url": _dates_url(edition),
        "desk_url": desk_url(edition),
        "errors": form.non_field_errors() if form is not None and form.is_bound else [],
    }
    return render(request, "programmes/desk/dates_preview.html", context)
