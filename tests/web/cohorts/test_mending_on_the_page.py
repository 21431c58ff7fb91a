"""What can't be kept stays on the page, with the reason at its field: words for the mentor, files."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keino.web.cohorts.models import Submission, WorkFile
from keino.web.cohorts.services import works
from tests.factories.cohorts import a_participation, a_work, a_worker, a_written_deliverable
from tests.web.cohorts.browsing import as_, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db


def test_b5_words_for_the_mentor_that_are_too_long_arent_lost() -> None:
    ours = a_participation()
    deliverable = a_written_deliverable(ours)
    url = page("deliverable_hand_in", ours, deliverable=deliverable.public_id)
    long = "Look at part two. " * 200
    answer = as_(a_worker(ours)).post(url, {"seen": deliverable.version, "words": long})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert long.strip() in shown
    assert 'id="id_words_error"' in shown
    assert "id_words_error" in shown.partition("<textarea")[2].partition(">")[0]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("upload", [None, SimpleUploadedFile("empty.pdf", b"")])
def test_b5_a_file_that_isnt_taken_is_told_at_its_field(upload: SimpleUploadedFile | None) -> None:
    ours = a_participation()
    work = a_work(ours)
    answer = as_(a_worker(ours)).post(
        page("work_file_add", ours, work=work.public_id), {"file": upload} if upload else {}
    )
    assert answer.status_code == 422
    assert 'id="id_file_error"' in answer.content.decode()
    assert "choose one that isn't empty" in text_of(answer)
    assert not WorkFile.objects.exists()


def test_b5_a_file_that_is_too_large_is_told_on_the_page_of_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = a_participation()
    work = a_work(ours, draft="What we wrote before.")
    monkeypatch.setattr(works, "LARGEST_FILE_MB", 0)
    upload = SimpleUploadedFile("large.pdf", b"%PDF")
    answer = as_(a_worker(ours)).post(page("work_file_add", ours, work=work.public_id), {"file": upload})
    assert answer.status_code == 422
    assert "large.pdf" in text_of(answer)
    assert "What we wrote before." in text_of(answer)
    assert not WorkFile.objects.exists()
