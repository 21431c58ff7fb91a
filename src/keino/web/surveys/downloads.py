"""A file that was sent with an answer, given out so that no browser runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse

if TYPE_CHECKING:
    from keino.web.surveys.models import Attachment


def file_response(attachment: Attachment, *, name: str = "") -> HttpResponse:
    """The bytes, to be saved and never shown in place. Whoever asks has checked that the reader may have them.

    ``name``: what the file is called, where the reader isn't to know its own name.
    """
    if not default_storage.exists(attachment.stored_as):
        raise Http404
    answer = FileResponse(
        default_storage.open(attachment.stored_as),
        as_attachment=True,
        filename=name or attachment.name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    # streamed, which is an answer like any other to whoever gets it
    return cast("HttpResponse", answer)
