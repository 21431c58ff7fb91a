"""Pages of no app in particular: the front page and the style page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def front(request: HttpRequest) -> HttpResponse:
    """What this is, in ten seconds."""
    return render(request, "base/front.html")
