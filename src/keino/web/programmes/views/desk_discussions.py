"""The desk: experts' hours, booked discussions, what was said in them, how they are held."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.web.base.deeds import done
from keino.web.base.models import Person
from keino.web.base.who_asks import the_person
from keino.web.events.times import when_text
from keino.web.organisations.views.editing import saved
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.forms.discussions import (
    DiscussionCancelForm,
    DiscussionForm,
    DiscussionRuleForm,
    HoursForm,
)
from keino.web.programmes.models import Discussion, Edition, ExpertHours
from keino.web.programmes.not_now import not_any_more, time_for
from keino.web.programmes.queries.application_dates import booking_deadline, can_book
from keino.web.programmes.queries.discussions import discussions_of, hours_of, rule_of, slots_of, without_expert
from keino.web.programmes.queries.people import experts_of
from keino.web.programmes.queries.ties import barred_in, is_barred
from keino.web.programmes.services.applications.discussions import cancel_discussion, hold_discussion, note_discussion
from keino.web.programmes.services.applications.expert_hours import (
    SERVED_IN_HOURS,
    give_hours,
    set_discussion_rule,
    take_hours_back,
)

PER_PAGE = 40


@require_safe
@edition_page("programmes.hold_discussions")
def desk_discussions(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The booked and held discussions, by their beginning, and how many times are still free.

    Those of applicants to whom the reader has a tie are left out and counted.
    """
    person = the_person(request)
    there = discussions_of(edition)
    found = there.exclude(application__in=barred_in(person, edition))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    without = set(without_expert(edition).values_list("pk", flat=True))
    context = {
        "edition": edition,
        "page_obj": page,
        "rows": [_row(each, person) | {"needs_expert": each.pk in without} for each in page],
        "closed": there.count() - page.paginator.count,
        "free": len(slots_of(edition, now=timezone.now())),
        "rule": rule_of(edition),
        "deadline": booking_deadline(edition),
        "may_manage": request.user.has_perm("programmes.manage_edition", edition),
    }
    return render(request, "programmes/applications/desk_discussions.html", context)


def _row(each: Discussion, person: Person) -> dict[str, object]:
    experts = [expert.person for expert in each.experts.all() if expert.person]
    return {
        "discussion": each,
        "when": when_text(each.starts_at, each.ends_at),
        "experts": ", ".join(str(expert) for expert in experts),
        "is_mine": person in experts,
        "is_over": each.ends_at <= timezone.now(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.hold_discussions")
def desk_hours(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Experts' hours to come, and giving some: one's own, or for a host anybody's."""
    person = the_person(request)
    manages = person.has_perm("programmes.manage_edition", edition)
    experts = experts_of(edition) if manages else experts_of(edition).filter(pk=person.pk)
    form = HoursForm(request.POST or None, experts=experts, initial={"expert": person.pk, "weeks": 1})

    def give() -> list[ExpertHours]:
        given = form.cleaned_data
        times = (given["begins"], given["ends"])
        return give_hours(edition, expert=given["expert"], days=form.days(), times=times, by=person)

    if saved(request, form, give):
        messages.success(request, _("The hours are in the offer."))
        return redirect("programmes:desk_hours", edition=edition.slug)
    page = Paginator(hours_of(edition, timezone.localdate()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "form": form,
        "page_obj": page,
        "rows": [{"hours": each, "may_remove": manages or each.expert_id == person.pk} for each in page],
        "free": len(slots_of(edition, now=timezone.now())),
        "time": time_for(edition, *SERVED_IN_HOURS),
        "not_now": not_any_more(edition, *SERVED_IN_HOURS),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/applications/desk_hours.html", context, status=status)


@require_POST
@edition_page("programmes.hold_discussions")
def desk_hours_remove(request: HttpRequest, edition: Edition, hours: UUID) -> HttpResponse:
    """Take hours back in which nothing is booked: one's own, or as a host anybody's."""
    person = the_person(request)
    there = ExpertHours.objects.filter(edition=edition, public_id=hours).select_related("edition", "expert").first()
    if there is not None:  # a second press finds nothing
        if there.expert_id != person.pk and not person.has_perm("programmes.manage_edition", edition):
            raise PermissionDenied
        done(request, lambda: _took_back(there, person), _("The hours were taken back."))
    return redirect("programmes:desk_hours", edition=edition.slug)


def _took_back(hours: ExpertHours, person: Person) -> bool:
    take_hours_back(hours, by=person)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_discussion_rule(request: HttpRequest, edition: Edition) -> HttpResponse:
    """How long discussions are, by how many experts, with what time around them."""
    rule, by = rule_of(edition), the_person(request)
    form = DiscussionRuleForm(request.POST or None, thing=rule)
    if saved(request, form, lambda: set_discussion_rule(edition, by=by, seen=form.version_seen, **form.values())):
        messages.success(request, _("Saved. What is booked stays as it is."))
        return redirect("programmes:desk_discussions", edition=edition.slug)
    return _form_page(request, edition, form, title=_("How discussions are held"))


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.hold_discussions")
def desk_discussion(request: HttpRequest, edition: Edition, discussion: UUID) -> HttpResponse:
    """One discussion: what the applicant wants, notes, what was agreed, and that it was held."""
    found = _open_discussion(request, edition, discussion)
    form, by = DiscussionForm(request.POST or None, thing=found), the_person(request)
    keep = hold_discussion if "held" in request.POST else note_discussion
    if saved(request, form, lambda: keep(found, by=by, seen=form.version_seen, **form.values())):
        messages.success(request, _("Saved."))
        return redirect("programmes:desk_discussions", edition=edition.slug)
    return _discussion_page(request, found, form, DiscussionCancelForm())


@require_POST
@edition_page("programmes.hold_discussions")
def desk_discussion_cancel(request: HttpRequest, edition: Edition, discussion: UUID) -> HttpResponse:
    """Cancel a discussion from the desk; the applicant is told and books another time."""
    found = _open_discussion(request, edition, discussion)
    form = DiscussionCancelForm(request.POST)
    if not form.is_valid():
        return _discussion_page(request, found, DiscussionForm(thing=found), form)
    why = form.cleaned_data["why"]
    said_then = (
        _("The discussion was cancelled, and the applicant was asked to book another time.")
        if can_book(found.application, timezone.now())
        else _("The discussion was cancelled, and the applicant was told. Booking is over: write to them how to go on.")
    )
    done(request, lambda: cancel_discussion(found.application, by=the_person(request), why=why), said_then)
    return redirect("programmes:desk_discussions", edition=edition.slug)


def _discussion_page(
    request: HttpRequest, found: Discussion, form: DiscussionForm, cancel_form: DiscussionCancelForm
) -> HttpResponse:
    context = {
        "edition": found.application.edition,
        "discussion": found,
        "application": found.application,
        "when": when_text(found.starts_at, found.ends_at),
        "form": form,
        "may_hold": found.held_at is None and found.starts_at <= timezone.now(),
        "may_cancel": found.held_at is None,
        "cancel_form": cancel_form,
    }
    is_wrong = any(each.is_bound and each.errors for each in (form, cancel_form))
    return render(request, "programmes/applications/desk_discussion.html", context, status=422 if is_wrong else 200)


def _open_discussion(request: HttpRequest, edition: Edition, key: UUID) -> Discussion:
    """A booked or held discussion of the edition; refused where the person has a tie to the applicant."""
    found = get_object_or_404(discussions_of(edition), public_id=key)
    if is_barred(the_person(request), found.application):
        raise PermissionDenied
    return found


def _form_page(request: HttpRequest, edition: Edition, form: forms.Form, *, title: str) -> HttpResponse:
    context = {
        "edition": edition,
        "form": form,
        "title": title,
        "button": pgettext("button", "Save"),
        "cancel_url": reverse("programmes:desk_discussions", args=[edition.slug]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/applications/desk_form.html", context, status=status)
