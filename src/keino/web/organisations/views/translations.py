"""Translations that are behind their original, or missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keino.web.base.choices import Language
from keino.web.base.translated import behind, edit_url_of, label_of, missing, text_in
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page, permitted_page
from keino.web.organisations.services.translations import say_it_holds

PER_PAGE = 50


def _rows(page: Page) -> list[dict[str, Any]]:
    languages = dict(Language.choices)
    return [
        {
            "translation": row,
            "thing": row.thing,
            "label": label_of(row),
            "language": languages.get(row.language, row.language),
            "original": text_in(row.thing, row.field, row.original_language),
            "text": text_in(row.thing, row.field, row.language),
            "url": edit_url_of(row),
        }
        for row in page
        if row.thing is not None
    ]


@require_safe
@organisation_page("organisations.edit")
def translations(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What is behind in one organisation, and what nobody translated yet."""
    page = Paginator(behind(organisation).prefetch_related("thing"), PER_PAGE).get_page(request.GET.get("page"))
    languages = dict(Language.choices)
    context = {
        "organisation": organisation,
        "step": "settings",
        "page_obj": page,
        "rows": _rows(page),
        "missing": [{"row": row, "language": languages[row.language]} for row in missing(organisation)],
    }
    return render(request, "organisations/translations.html", context)


@require_POST
@organisation_page("organisations.edit")
def translation_holds(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """Somebody compared: the translation still says the same as the changed original."""
    translation = behind(organisation).filter(pk=number).first()
    if translation is not None:  # a second press finds it done
        say_it_holds(translation, organisation, by=the_person(request))
        messages.success(request, _("Noted: the translation still holds."))
    return redirect("organisations:translations", slug=organisation.slug)


@require_safe
@permitted_page("organisations.see_desk")
def desk_translations(request: HttpRequest) -> HttpResponse:
    """What is behind anywhere."""
    page = Paginator(behind().prefetch_related("thing"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/desk_translations.html", {"page_obj": page, "rows": _rows(page)})
