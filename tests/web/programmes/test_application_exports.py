"""The file of applications: answers in the reader's language, people's texts as they wrote them, no formulas."""

from __future__ import annotations

import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from keino.web.programmes.choices.applications import ApplicationState as S
from tests.factories.applications import (
    TEXTS,
    an_application,
)
from tests.web.programmes.applying import client_of, page

pytestmark = pytest.mark.django_db


def test_texts_of_people_are_shown_escaped_and_are_no_formulas_in_the_export(town: SimpleNamespace) -> None:
    hostile = '=HYPERLINK("http://evil.example") <script>alert(1)</script>'
    application = an_application(town.edition, town.organisation, state=S.SUBMITTED, pilot=hostile)
    text = town.client.get(page("application", application)).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    desk = client_of(town.expert)
    answer = desk.get(reverse("programmes:desk_applications_export", args=[town.edition.slug]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value and hostile in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize(("language", "yes"), [("en", "yes"), ("fi", "kyllä"), ("sv", "ja")])
def test_b3_the_export_has_translated_answers_and_peoples_texts_as_they_wrote_them(
    town: SimpleNamespace, language: str, yes: str
) -> None:
    an_application(town.edition, town.organisation, state=S.SUBMITTED)
    desk = client_of(town.expert, language)
    answer = desk.get(reverse("programmes:desk_applications_export", args=[town.edition.slug]))
    first, second = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    values = [str(cell.value) for row in first.iter_rows() for cell in row]
    assert yes in values
    assert TEXTS["pilot"] in values
    with override(language):
        assert str(S.SUBMITTED.label) in values
    assert second.max_row == 2 + 3  # title, headings, three people
