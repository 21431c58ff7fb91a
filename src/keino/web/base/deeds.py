"""What a button asked for: how it went is said on the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said

Done = TypeVar("Done")


def done(request: HttpRequest, deed: Callable[[], Done], said_then: str = "") -> Done | None:
    """Do it and give what came of it; None when it was refused, with the reason on the next page."""
    try:
        result = deed()
    except KeinoError as error:
        tell(request, error)
        return None
    if said_then:
        messages.success(request, said_then)
    return result


def tell(request: HttpRequest, error: KeinoError) -> None:
    """Show an error on the next page."""
    messages.error(request, said(as_data(error)))
