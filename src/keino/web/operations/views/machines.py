"""For machines: health, metrics; and the progress of a job, for whoever waits for it."""

from __future__ import annotations

import hmac
import ipaddress
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keino.web.base.errors import said
from keino.web.base.models import Job
from keino.web.operations.health import findings
from keino.web.operations.metrics import exposition
from keino.web.operations.queries import may_see_job


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether everything behind the site works: 200, or 503 with what doesn't."""
    with override("en"):  # programs compare words
        found = findings()
    well = all(said == "ok" for said in found.values())
    return JsonResponse({"ok": well, **found}, status=200 if well else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for a monitoring system; with the token, or from this machine without a proxy in between."""
    if not _may_see_metrics(request):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_see_metrics(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False  # somebody far away, seen through a proxy on this machine
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@never_cache
@require_safe
def job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a job is: a page, or only its progress where the page asks by htmx."""
    found = get_object_or_404(Job, public_id=public_id)
    if not may_see_job(request, found):
        raise Http404
    context = {"job": found, "status_url": reverse("operations:job", args=[public_id]), "error": said(found.error)}
    fragment = bool(getattr(request, "htmx", False))
    return render(request, "operations/_job.html" if fragment else "operations/job.html", context)
