"""What goes wrong, as problem documents (RFC 9457): a code for programs, a sentence for people in their language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import Field

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said

MEDIA_TYPE = "application/problem+json"

#: Codes of errors that are the request's time or place, not its form; everything else of ours is 422.
_STATUS = {
    "changed_meanwhile": 409,
    "not_allowed_now": 409,
    "wrong_offset": 409,
    "not_all_received": 409,
    "checksum_differs": 409,
    "not_all_read": 409,
    "nothing_to_read": 409,
    "nothing_confirmed": 409,
    "ledger_not_ready": 409,
    "file_too_large": 413,
    "piece_too_large": 413,
    "too_many_files": 413,
    "storage_full": 507,
}


class WrongField(Schema):
    """One part of a request that couldn't be used."""

    field: str = Field(description="Where it stands in the request, with dots")
    message: str = Field(description="What is wrong with it, in English")


class Problem(Schema):
    """What went wrong. Programs read `code`, people read `detail`."""

    type: str = Field(description="Address that explains this kind of problem")
    title: str = Field(description="The kind of problem, in the asked language")
    status: int = Field(description="The answer's HTTP status")
    code: str = Field(description="Lasting code of the problem")
    detail: str = Field(description="What happened, whether anything was lost, what to do; in the asked language")
    errors: list[WrongField] | None = Field(None, description="Parts of the request that couldn't be used")
    expected: int | None = Field(None, description="Of wrong_offset: the byte to go on from")


class Refused(Exception):
    """A request that is refused with a problem of ours."""

    def __init__(self, status: int, code: str, **more: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.more = status, code, more


#: Sentences of the problems that are the interface's own.
SENTENCES = {
    "token_missing": gettext_lazy(
        "This address needs a token. Make one on your own page and send it as “Authorization: Bearer …”."
    ),
    "token_unknown": gettext_lazy("The token is wrong, has expired or was revoked. Make a new one on your own page."),
    "token_may_not_write": gettext_lazy("This token may only read. Nothing was changed. Make one that may write."),
    "not_permitted": gettext_lazy("You aren't permitted to do this in this organisation. Nothing was changed."),
    "not_found": gettext_lazy("There is nothing at this address, or you aren't permitted to see it."),
    "request_not_understood": gettext_lazy(
        "Part of the request couldn't be understood, so nothing was done. See “errors”."
    ),
    "too_many_requests": gettext_lazy(
        "Too many requests came within a minute. Nothing was done. Go on after the time that “Retry-After” says."
    ),
    "wrong_cursor": gettext_lazy(
        "This cursor is none of ours. Take the one that stands as “next” in the answer before, with the same limit."
    ),
    "not_done": gettext_lazy("The calculation isn't done yet. Ask for it again later."),
    "no_lines": gettext_lazy("The lines of this calculation are no longer kept; its sums are."),
}
_TITLES = {
    400: gettext_lazy("Not understood"),
    401: gettext_lazy("Not identified"),
    403: gettext_lazy("Not permitted"),
    404: gettext_lazy("Not found"),
    409: gettext_lazy("Not possible now"),
    413: gettext_lazy("Too large"),
    422: gettext_lazy("Not understood"),
    429: gettext_lazy("Too many requests"),
    507: gettext_lazy("No room left"),
}


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """A problem document as an answer."""
    content = {
        "type": f"{settings.SITE_ADDRESS}/api/#problem-{code}",
        "title": str(_TITLES.get(status, _("Problem"))),
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    answer = JsonResponse(content, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="keino"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def own_problem(status: int, code: str, **more: Any) -> HttpResponse:
    """A problem whose sentence stands in ``SENTENCES``."""
    return problem(status, code, str(SENTENCES[code]), **more)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return own_problem(error.status, error.code, **error.more)


def _ours(request: HttpRequest, error: KeinoError) -> HttpResponse:
    more = {"expected": error.values["expected"]} if error.code == "wrong_offset" else {}
    return problem(_STATUS.get(error.code, 422), error.code, said(as_data(error)), **more)


def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [{"field": ".".join(str(part) for part in one["loc"]), "message": one["msg"]} for one in error.errors]
    return own_problem(422, "request_not_understood", errors=wrong)


def _of_the_library(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error, Throttled):
        answer = own_problem(429, "too_many_requests")
        answer.headers["Retry-After"] = str(error.wait or 60)
        return answer
    return own_problem(error.status_code, "request_not_understood")


_HANDLERS: dict[type[Exception], Any] = {
    Refused: _refused,
    KeinoError: _ours,
    AuthenticationError: lambda _request, _error: own_problem(401, "token_missing"),
    Http404: lambda _request, _error: own_problem(404, "not_found"),
    PermissionDenied: lambda _request, _error: own_problem(403, "not_permitted"),
    ValidationError: _not_understood,
    HttpError: _of_the_library,
}


def handle_problems(api: NinjaAPI) -> None:
    """Answer with problem documents to everything that may be raised."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)


@csrf_exempt  # it changes nothing, and a program has no cookie to be misled by
def unknown_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever else is asked under the interface's address."""
    return own_problem(404, "not_found")
