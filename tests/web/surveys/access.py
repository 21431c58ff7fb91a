"""Who may open what of ``surveys``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.factories.surveys import CODES
from tests.web.access import EVERYONE, OWN, READERS, Address

MANAGERS = frozenset({"own_responsible_person"})
EDITORS = frozenset({"coordinator", "expert"})
INTERVIEWER = frozenset({"expert"})


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _open(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "round_id": scene.open_round.public_id}


def _closed(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "round_id": scene.closed_round.public_id}


def _new(_scene: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"name": "A", "kind": "end", "opens_on": today, "closes_on": today + dt.timedelta(days=9), "groups": ""}


def _answers(scene: Any) -> dict[str, Any]:
    group = scene.open_round.groups.get(position=1)
    return {f"area_{code}": "3" for code in CODES} | {"group": group.pk, "version": 0}


def _change(scene: Any) -> dict[str, Any]:
    found = scene.open_round
    return {"name": "B", "closes_on": found.closes_on, "version": found.version}


# ---- forms and studies


def _form(scene: Any) -> dict[str, Any]:
    return {"form_id": scene.form_version.form.public_id}


def _draft(scene: Any) -> dict[str, Any]:
    return {"form_id": scene.draft.form.public_id}


def _question(scene: Any) -> dict[str, Any]:
    return _draft(scene) | {"code": "first"}


def _version(scene: Any) -> dict[str, Any]:
    return _form(scene) | {"number": 1}


def _study(scene: Any) -> dict[str, Any]:
    return {"study_id": scene.open_year.study.public_id}


def _year(scene: Any) -> dict[str, Any]:
    return _study(scene) | {"year": 2026}


def _counted_year(scene: Any) -> dict[str, Any]:
    return _study(scene) | {"year": 2025}


def _published_year(scene: Any) -> dict[str, Any]:
    return _study(scene) | {"year": 2024}


def _interview(scene: Any) -> dict[str, Any]:
    return _year(scene) | {"interview_id": scene.study_interview.public_id}


def _answer(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "round_id": scene.open_year.public_id}


def _file(scene: Any) -> dict[str, Any]:
    return _answer(scene) | {"file_id": scene.form_answer.attachments.get().public_id}


def _new_form(_scene: Any) -> dict[str, Any]:
    return {"title_fi": "Uusi", "purpose": "other", "anonymity": "named", "languages": ["fi"]}


def _changed_form(scene: Any) -> dict[str, Any]:
    form = scene.form_version.form
    return {"title_fi": "Toinen", "anonymity": "named", "version": form.version}


def _about(scene: Any) -> dict[str, Any]:
    return {"languages": ["fi"], "legal_basis": "consent", "kept_months": 6, "version": scene.draft.version}


def _new_question(scene: Any) -> dict[str, Any]:
    return {"text_fi": "Miksi?", "kind": "text", "version": scene.draft.version}


def _draft_seen(scene: Any) -> dict[str, Any]:
    return {"version": scene.draft.version}


def _new_study(scene: Any) -> dict[str, Any]:
    return {"form": scene.form_version.form.public_id, "title_fi": "Tutkimus"}


def _changed_study(scene: Any) -> dict[str, Any]:
    return {"title_fi": "Tutkimus", "version": scene.open_year.study.version}


def _new_year(_scene: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"year": 2027, "opens_on": today, "closes_on": today + dt.timedelta(days=9)}


def _last_day(scene: Any) -> dict[str, Any]:
    return {"closes_on": scene.open_year.closes_on + dt.timedelta(days=1), "version": scene.open_year.version}


def _talk(scene: Any) -> dict[str, Any]:
    return {
        "about": scene.organisation.slug,
        "position": "buyer",
        "held_on": timezone.localdate(),
        "obstacles": [scene.obstacle.code],
        "notes": "Other notes",
        "version": scene.study_interview.version,
    }


def _obstacle(_scene: Any) -> dict[str, Any]:
    return {"text_fi": "Este", "text_sv": "Hinder", "text_en": "Obstacle", "version": 1}


def _whole_answer(scene: Any) -> dict[str, Any]:
    return {"q_story": "New", "version": scene.form_answer.version}


_FORMS = [
    Address("surveys:forms", EDITORS),
    Address("surveys:form_new", EDITORS),
    Address("surveys:form_new", EDITORS, method="post", data=_new_form),
    Address("surveys:form", EDITORS, _form),
    Address("surveys:form_change", EDITORS, _form),
    Address("surveys:form_change", EDITORS, _form, method="post", data=_changed_form),
    Address("surveys:form_begin_version", EDITORS, _form, method="post"),
    Address("surveys:draft", EDITORS, _draft),
    Address("surveys:draft_about", EDITORS, _draft),
    Address("surveys:draft_about", EDITORS, _draft, method="post", data=_about),
    Address("surveys:draft_publish", EDITORS, _draft),
    Address("surveys:draft_publish", EDITORS, _draft, method="post", data=_draft_seen),
    Address("surveys:draft_delete", EDITORS, _draft),
    Address("surveys:draft_delete", EDITORS, _draft, method="post"),
    Address("surveys:question_new", EDITORS, _draft),
    Address("surveys:question_new", EDITORS, _draft, method="post", data=_new_question),
    Address("surveys:question", EDITORS, _question),
    Address("surveys:question", EDITORS, _question, method="post", data=_new_question),
    Address("surveys:question_move", EDITORS, _question, method="post", data=_draft_seen),
    Address("surveys:question_remove", EDITORS, _question),
    Address("surveys:question_remove", EDITORS, _question, method="post", data=_draft_seen),
    Address("surveys:version", EDITORS, _version),
    Address("surveys:version_answers", EDITORS, lambda scene: _version(scene) | {"kind": "xlsx"}),
    Address("surveys:version_answers", EDITORS, lambda scene: _version(scene) | {"kind": "csv"}),
]
_STUDIES = [
    Address("surveys:studies", EDITORS),
    Address("surveys:study_new", EDITORS),
    Address("surveys:study_new", EDITORS, method="post", data=_new_study),
    Address("surveys:study", EDITORS, _study),
    Address("surveys:study_change", EDITORS, _study),
    Address("surveys:study_change", EDITORS, _study, method="post", data=_changed_study),
    Address("surveys:year_open", EDITORS, _study),
    Address("surveys:year_open", EDITORS, _study, method="post", data=_new_year),
    Address("surveys:study_compare", EDITORS, _study, query="?before=2024&after=2025"),
    Address("surveys:study_year", EDITORS, _year),
    Address("surveys:study_year", EDITORS, _counted_year),
    Address("surveys:year_change", EDITORS, _year),
    Address("surveys:year_change", EDITORS, _year, method="post", data=_last_day),
    Address("surveys:year_close", EDITORS, _year),
    Address("surveys:year_close", EDITORS, _year, method="post"),
    Address("surveys:year_publish", EDITORS, _counted_year, method="post"),
    Address("surveys:year_withdraw", EDITORS, _published_year, method="post"),
    Address("surveys:interviews", EDITORS, _year),
    Address("surveys:interview_new", EDITORS, _year),
    Address("surveys:interview_new", EDITORS, _year, method="post", data=_talk),
    Address("surveys:interview", INTERVIEWER, _interview),
    Address("surveys:interview", INTERVIEWER, _interview, method="post", data=_talk),
    Address("surveys:interview_delete", INTERVIEWER, _interview),
    Address("surveys:interview_delete", INTERVIEWER, _interview, method="post"),
    Address("surveys:obstacles", EDITORS),
    Address("surveys:obstacles", EDITORS, method="post", data=_obstacle),
    Address("surveys:obstacle", EDITORS, lambda scene: {"code": scene.obstacle.code}),
    Address("surveys:obstacle", EDITORS, lambda scene: {"code": scene.obstacle.code}, method="post", data=_obstacle),
]
_ANSWERING = [
    Address("surveys:forms_to_answer", OWN, _organisation),
    Address("surveys:form_answer", OWN, _answer),
    Address("surveys:form_answer", OWN, _answer, method="post", data=_whole_answer),
    Address("surveys:form_check", OWN, _answer),
    Address("surveys:form_check", OWN, _answer, method="post"),
    Address("surveys:form_file", OWN, _file),
]
_PUBLIC = [
    Address("surveys:register", EVERYONE),
    Address("surveys:register_entry", EVERYONE, _form),
    Address("surveys:public_studies", EVERYONE),
    Address("surveys:public_study", EVERYONE, _study),
    Address("surveys:public_compare", EVERYONE, _study),
    Address("surveys:public_study_data", EVERYONE, _study),
]
ADDRESSES = [
    *_FORMS,
    *_STUDIES,
    *_ANSWERING,
    *_PUBLIC,
    Address("surveys:maturity", READERS, _organisation),
    Address("surveys:open", MANAGERS, _organisation),
    Address("surveys:open", MANAGERS, _organisation, method="post", data=_new),
    Address("surveys:round", READERS, _closed),
    Address("surveys:round", READERS, _open),
    Address("surveys:workbook", READERS, _closed),
    Address("surveys:answer", OWN, _open),
    Address("surveys:answer", OWN, _open, method="post", data=_answers),
    Address("surveys:take_back", OWN, _open, method="post"),
    Address("surveys:change", MANAGERS, _open),
    Address("surveys:change", MANAGERS, _open, method="post", data=_change),
    Address("surveys:close", MANAGERS, _open),
    Address("surveys:close", MANAGERS, _open, method="post"),
    Address("surveys:cancel", MANAGERS, _open),
    Address("surveys:cancel", MANAGERS, _open, method="post"),
]
