"""Pages and files of the open data."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import http_date, parse_etags, quote_etag
from django.views.decorators.http import require_safe

from keino import __version__
from keino.facts.read import editions
from keino.web.base.visitor_pages import same_for_visitors
from keino.web.opendata.catalogue import Dataset, datasets, fact_dataset, find_dataset
from keino.web.opendata.choices import FORMATS, Format
from keino.web.opendata.dcat import CATALOGUE_FORMATS, catalogue
from keino.web.opendata.files import as_csv, as_json, as_parquet, as_xlsx, plain
from keino.web.opendata.licences import OURS

_MAKERS: dict[str, Any] = {"csv": as_csv, "json": as_json, "parquet": as_parquet, "xlsx": as_xlsx}
#: How long a copy between us and the reader may be used without asking.
_FRESH_SECONDS = 300
_PREVIEW_ROWS = 5


@require_safe
@same_for_visitors
def front(request: HttpRequest) -> HttpResponse:
    """Everything that can be taken away."""
    return render(
        request,
        "opendata/front.html",
        {
            "datasets": datasets(),
            "formats": FORMATS.values(),
            "ours_url": OURS.url,
            "catalogue_formats": CATALOGUE_FORMATS,
        },
    )


@require_safe
@same_for_visitors
def dataset(request: HttpRequest, key: str) -> HttpResponse:
    """One dataset: what it holds, its columns, first rows, licence, files."""
    found = _found(key)
    names = [column.name for column in found.columns]
    first = [[plain(row[name]) for name in names] for row in islice(found.rows(), _PREVIEW_ROWS)]
    return render(
        request,
        "opendata/dataset.html",
        {
            "dataset": found,
            "stand": found.stand(),
            "formats": FORMATS.values(),
            "editions": editions(found.table) if found.table else (),
            "names": names,
            "first_rows": first,
            "site_address": settings.SITE_ADDRESS,
        },
    )


def _found(key: str, edition: str = "") -> Dataset:
    found = find_dataset(key)
    if found is None:
        raise Http404
    if not edition or edition == found.edition:
        return found
    if not found.table or edition not in editions(found.table):
        raise Http404
    parts = fact_dataset(found.table, edition)
    return next((part for part in parts if part.key == key), None) or _missing()


def _missing() -> Dataset:
    raise Http404


@require_safe
def file(request: HttpRequest, key: str, suffix: str, edition: str = "") -> HttpResponseBase:
    """A dataset as a file. The address without an edition always gives the newest."""
    form = FORMATS.get(suffix)
    if form is None:
        raise Http404
    found = _found(key, edition)
    etag = quote_etag(f"{found.etag}-{suffix}")
    if _is_known(request, etag):
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        answer = _as_file(found, form)
    return _open(answer, etag, found.stand().changed_at)


def _as_file(found: Dataset, form: Format) -> HttpResponseBase:
    made = _MAKERS[form.suffix](found)
    name = f"{found.key}{f'-{found.edition}' if found.edition else ''}.{form.suffix}"
    media_type = f"{form.media_type}; charset=utf-8" if form.suffix in {"csv", "json"} else form.media_type
    if form.suffix in {"csv", "json"}:
        answer: HttpResponseBase = StreamingHttpResponse(made, content_type=media_type)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer = FileResponse(made, as_attachment=True, filename=name, content_type=media_type)
    answer.headers["Link"] = f'<{found.licence.url}>; rel="license"'
    return answer


@require_safe
def catalogue_file(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """The catalogue by DCAT-AP."""
    if suffix not in CATALOGUE_FORMATS:
        raise Http404
    media_type, form = CATALOGUE_FORMATS[suffix]
    who = (settings.SITE_ADDRESS, settings.RESPONSIBLE_BODY, settings.CONTACT_ADDRESS)
    named = "|".join([__version__, suffix, *who, *(one.etag for one in datasets())])
    etag = quote_etag(hashlib.sha256(named.encode()).hexdigest()[:32])
    if _is_known(request, etag):
        return _open(HttpResponseNotModified(), etag, None)
    return _open(HttpResponse(_catalogue_text(etag, form), content_type=f"{media_type}; charset=utf-8"), etag, None)


@lru_cache(maxsize=2 * len(CATALOGUE_FORMATS))
def _catalogue_text(_etag: str, form: str) -> bytes:
    """The catalogue as it stands; ``_etag`` changes with everything it says."""
    return catalogue().serialize(format=form, encoding="utf-8")


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in known or f"W/{etag}" in known


def _open(answer: HttpResponseBase, etag: str, changed_at: dt.datetime | None) -> HttpResponseBase:
    """Open data may be read by scripts of any site and kept for a while."""
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={_FRESH_SECONDS}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if changed_at is not None:
        answer.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return answer
