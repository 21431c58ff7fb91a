"""Links to a result: make, list, revoke; and the page that a link opens."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keino.web.base.who_asks import the_person
from keino.web.dashboards import whole_results
from keino.web.dashboards.choices import ShareKind
from keino.web.dashboards.forms import ShareForm
from keino.web.dashboards.models import ShareLink
from keino.web.dashboards.queries.shares import link_by_token, links_of
from keino.web.dashboards.services import shares as service
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

#: Where the secret of a link just made waits to be shown once.
_NEW = "new_share_link"
_PER_PAGE = 25


@organisation_page("measurement.work")
def shares(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The organisation's links, and a form for a new one."""
    run = current_run(organisation)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and run is not None and form.is_valid():
        link, token = service.share(
            run=run,
            kind=ShareKind(form.cleaned_data["kind"]),
            days=int(form.cleaned_data["days"]),
            note=form.cleaned_data["note"],
            by=the_person(request),
        )
        request.session[_NEW] = {"link": str(link.public_id), "token": token}
        return redirect("dashboards:shares", slug=organisation.slug)
    made = request.session.pop(_NEW, None) if request.method == "GET" and _NEW in request.session else None
    new = None
    if made and links_of(organisation).filter(public_id=made["link"]).exists():
        new = request.build_absolute_uri(reverse("dashboards:shared", kwargs={"token": made["token"]}))
    context = {
        "organisation": organisation,
        "step": "footprint",
        "run": run,
        "form": form,
        "new": new,
        "now": timezone.now(),
        "page_obj": Paginator(links_of(organisation), _PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "dashboards/shares.html", context)


@organisation_page("measurement.work")
def revoke(request: HttpRequest, organisation: Organisation, key: uuid.UUID) -> HttpResponse:
    """Ask, then stop a link."""
    link = get_object_or_404(links_of(organisation), public_id=key)
    if request.method == "POST":
        service.revoke(link=link, by=the_person(request))
        messages.success(request, _("The link no longer works."))
        return redirect("dashboards:shares", slug=organisation.slug)
    return render(request, "dashboards/revoke.html", {"organisation": organisation, "step": "footprint", "link": link})


@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows: one finished run, frozen. A wrong secret is not found; one that ended is gone."""
    link = link_by_token(token)
    if link is None:
        return _closed(request, "wrong", 404)
    if not link.is_open(timezone.now()):
        return _closed(request, "revoked" if link.revoked_at else "expired", 410)
    service.count_opened(link)
    answer = render(
        request,
        "dashboards/shared.html",
        {"link": link, "organisation": link.organisation, "run": link.run, "parts": shared_parts(link)},
    )
    return _unlisted(answer)


def shared_parts(link: ShareLink) -> list[str]:
    """The parts that a link's kind shows, without suppliers and without addresses to go on to."""
    wants_footprint = link.kind != ShareKind.HOTSPOTS
    return list(whole_results.for_others(link.run, units=link.kind == ShareKind.UNITS, footprint=wants_footprint))


def _closed(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return _unlisted(render(request, "dashboards/shared_closed.html", {"why": why}, status=status))


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """No search engine keeps it, and no other site learns the address."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
