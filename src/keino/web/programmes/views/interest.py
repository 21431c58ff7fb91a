"""The first step of an applicant: the interest, told in time or kept as a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved, status_of
from keino.web.programmes.edition_pages import public_edition
from keino.web.programmes.errors.applications import InterestTooLate
from keino.web.programmes.forms.applications import InterestForm
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.application_dates import booking_deadline, interest_deadline, takes_interest
from keino.web.programmes.queries.applications import open_application
from keino.web.programmes.queries.interest_drafts import interest_draft
from keino.web.programmes.services.applications.interest import tell_interest
from keino.web.programmes.services.applications.interest_drafts import delete_interest_draft
from keino.web.programmes.views.application_common import to_application, url_of


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def interest_new(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Tell the organisation's interest in an edition: one question. What comes late is kept here as a draft."""
    found = public_edition(edition)
    there = open_application(organisation, found)
    if there is not None and request.method != "POST":
        return to_application(there)
    form = InterestForm(request.POST or None, thing=interest_draft(organisation, found))
    answer = saved(request, form, lambda: _told(request, found, organisation, form))
    if answer is not None:
        return answer
    context = {
        "organisation": organisation,
        "step": "programme",
        "edition": found,
        "form": form,
        "draft": form.thing,
        "deadline": interest_deadline(found),
        "booking_deadline": booking_deadline(found),
        "is_open": takes_interest(found, timezone.now()),
    }
    return render(request, "programmes/applications/interest.html", context, status=status_of(form))


def _told(request: HttpRequest, edition: Edition, organisation: Organisation, form: InterestForm) -> HttpResponse:
    """Tell the interest and lead on; what came late waits as a draft on the same page."""
    text, by = form.cleaned_data["interest"], the_person(request)
    try:
        made = tell_interest(edition=edition, organisation=organisation, interest=text, by=by, seen=form.version_seen)
    except InterestTooLate as error:
        tell(request, error)
        return redirect("programmes:interest_new", slug=organisation.slug, edition=edition.slug)
    messages.success(request, _("Your interest is registered, and a receipt is on its way by mail."))
    return redirect(url_of(made, "application_book") if edition.needs_discussion else url_of(made))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def interest_draft_delete(request: HttpRequest, organisation: Organisation, edition: str) -> HttpResponse:
    """Delete the draft of an interest that came late, after a question."""
    found = public_edition(edition)
    if request.method == "POST":
        delete_interest_draft(edition=found, organisation=organisation, by=the_person(request))
        messages.success(request, _("The draft is deleted."))
    elif (draft := interest_draft(organisation, found)) is not None:
        context = {"organisation": organisation, "step": "programme", "edition": found, "draft": draft}
        return render(request, "programmes/applications/interest_draft_delete.html", context)
    return redirect("programmes:applications", slug=organisation.slug)
