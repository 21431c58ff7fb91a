"""The live documents behind deliverables: where each is, which version it is now, and what stands in it.

What people are called is left out of what is handed in: a submission is kept for good, and who holds a role today is
told by the document itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from keino.web.base.templatetags.keino import day, money
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.models import Deliverable, DevelopmentPlan, Submission
from keino.web.measurement.names import category_name
from keino.web.plans.models import CategoryPlan
from keino.web.plans.queries.actions import actions_of
from keino.web.plans.queries.category_plans import content_of
from keino.web.plans.queries.operating_models import approved_model, open_model
from keino.web.plans.word_diff import Change, word_diff
from keino.web.plans.written import Part, category_parts, operating_parts
from keino.web.procurements.choices import CriterionKind, ProcurementState
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.dialogues import dialogue_of

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation

#: Parts and columns that name people.
_NAMES_PEOPLE = frozenset({"owner"})
_ROLES, _HOLDER = "roles", 2


@dataclass(frozen=True)
class LiveDocument:
    """A document as it is now: its name, its page, which version, in which state, and its text."""

    title: str
    url: str
    #: What tells this version from others: {number, version, state}, as JSON values.
    reference: Mapping[str, Any] = field(hash=False)
    parts: tuple[Part, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return all(part.is_empty for part in self.parts)


def document_of(deliverable: Deliverable) -> LiveDocument | None:
    """The live document of a deliverable; None where none was begun or chosen."""
    return _READERS[DeliverableKind(deliverable.kind)](deliverable)


def place_of(deliverable: Deliverable) -> str:
    """Where the document is written, without reading it; empty where none was begun or chosen."""
    slug = deliverable.participation.organisation.slug
    kind = DeliverableKind(deliverable.kind)
    if kind == DeliverableKind.CATEGORY_PLAN and deliverable.category_plan is not None:
        return reverse("plans:category_plan", args=[slug, deliverable.category_plan.category])
    if kind == DeliverableKind.PILOT_PROCUREMENT and deliverable.procurement is not None:
        return reverse("procurements:procurement", args=[slug, deliverable.procurement.public_id])
    if kind == DeliverableKind.DEVELOPMENT_PLAN:
        edition = deliverable.participation.edition.slug
        return reverse("cohorts:development_plan", args=[slug, edition])
    pages = {
        DeliverableKind.OPERATING_MODEL: "plans:operating_model",
        DeliverableKind.ACTION_PLAN: "plans:actions",
    }
    return reverse(pages[kind], args=[slug]) if kind in pages else ""


def name_of(deliverable: Deliverable) -> str:
    """What a deliverable is called: its kind, and which category or procurement it is."""
    kind = str(deliverable.get_kind_display())
    kind = kind[:1].upper() + kind[1:]
    if deliverable.category_plan is not None:
        return _("{kind}: {name}").format(kind=kind, name=category_name(deliverable.category_plan.category))
    if deliverable.procurement is not None:
        return _("{kind}: {name}").format(kind=kind, name=deliverable.procurement.title)
    return kind


# ---- each kind


def _operating_model(deliverable: Deliverable) -> LiveDocument | None:
    organisation = deliverable.participation.organisation
    model = open_model(organisation) or approved_model(organisation)
    if model is None:
        return None
    reference = {"number": model.number, "version": model.version, "state": model.state}
    url = reverse("plans:operating_model_version", args=[organisation.slug, model.number])
    return LiveDocument(str(model), url, reference, tuple(_without_people(operating_parts(model))))


def _category_plan(deliverable: Deliverable) -> LiveDocument | None:
    plan = deliverable.category_plan
    if plan is None:
        return None
    number = plan.versions.count()
    reference = {"number": number, "version": plan.version, "state": plan.state}
    parts = _without_people(category_parts(content_of(plan), ""))
    return LiveDocument(category_name(plan.category), place_of(deliverable), reference, tuple(parts))


def _action_plan(deliverable: Deliverable) -> LiveDocument | None:
    organisation = deliverable.participation.organisation
    actions = list(actions_of(organisation))
    if not actions:
        return None
    head = (
        pgettext("of an action plan", "Action"), _("Deadline"), _("State"), _("Step of the budget"), _("Indicator")
    )  # fmt: skip
    rows = tuple(
        (each.title, day(each.deadline), str(each.get_state_display()), _budget(each), each.indicator)
        for each in actions
    )
    parts = (Part("actions", "actions", _("Actions"), head=head, rows=rows),)
    return LiveDocument(_("Action plan"), place_of(deliverable), {"number": len(actions), "state": ""}, parts)


def _budget(action: Any) -> str:
    if action.has_no_budget_effect:
        return _("no budget effect")
    return f"{action.budget_year}, {action.get_budget_step_display()}" if action.budget_year else ""


def development_parts(content: Mapping[str, Any]) -> list[Part]:
    """The parts of a development plan, from the content that its versions keep."""
    names = {name: str(DevelopmentPlan._meta.get_field(name).verbose_name) for name in content}  # type: ignore[union-attr]  # noqa: SLF001  # Django's name
    head = (_("What is done"), _("By whom"), _("By when"))
    rows = tuple((row["what"], row["who"], day(row["by"]) if row["by"] else "") for row in content["steps"])
    return [
        Part("as_is", "text", names["as_is"], content["as_is"]),
        Part("target", "text", names["target"], content["target"]),
        Part("steps", "steps", names["steps"], head=head, rows=rows),
        Part("resources", "text", names["resources"], content["resources"]),
    ]


def development_content(plan: DevelopmentPlan) -> dict[str, Any]:
    """What is written in a development plan, as JSON values."""
    return {name: getattr(plan, name) for name in ("as_is", "target", "steps", "resources")}


def _development_plan(deliverable: Deliverable) -> LiveDocument | None:
    plan = deliverable.development_plan
    if plan is None or not plan.version:
        return None
    parts = tuple(development_parts(development_content(plan)))
    reference = {"number": plan.version, "version": plan.version, "state": ""}
    return LiveDocument(_("Development plan"), place_of(deliverable), reference, parts)


def _pilot(deliverable: Deliverable) -> LiveDocument | None:
    procurement = deliverable.procurement
    if procurement is None:
        return None
    reference = {"version": procurement.version, "state": procurement.state}
    return LiveDocument(procurement.title, place_of(deliverable), reference, tuple(pilot_parts(procurement)))


def pilot_parts(procurement: Procurement) -> list[Part]:
    """What a pilot is: its object, phase, value, criteria, dialogue and result (DOMAIN 3.5)."""
    dialogue = dialogue_of(procurement)
    criteria = sorted(procurement.criteria.all(), key=lambda row: (CriterionKind.values.index(row.kind), row.pk))
    records = sorted(procurement.records.all(), key=lambda row: (row.dated_on, row.pk))
    value = procurement.estimated_value_eur
    return [
        Part("object", "basics", _("What is bought"), "\n\n".join(filter(None, (procurement.title, procurement.need)))),
        Part("phase", "basics", _("State"), str(procurement.get_state_display())),
        Part("value", "tender", _("Estimated value"), money(value, "EUR") if value is not None else ""),
        Part(
            "criteria", "criteria", _("Criteria"),
            head=(_("Use"), _("Criterion"), _("Verification")),
            rows=tuple((str(row.get_kind_display()), row.text, row.verification) for row in criteria),
        ),
        Part("dialogue", "dialogue", _("What the market dialogue changed"), dialogue.changes if dialogue else ""),
        Part(
            "records", "records", _("Records of the phases"),
            head=(_("Record"), _("Date"), _("What was found or agreed")),
            rows=tuple((_record(row), day(row.dated_on), row.text) for row in records),
        ),
    ]  # fmt: skip


def _record(record: Any) -> str:
    kind = str(record.get_kind_display())
    return _("{record} (skipped)").format(record=kind) if record.is_skip else kind


def _without_people(parts: Sequence[Part]) -> list[Part]:
    return [_nameless(part) for part in parts if part.key not in _NAMES_PEOPLE]


def _nameless(part: Part) -> Part:
    if part.key != _ROLES:
        return part
    rows = tuple((*row[:_HOLDER], *row[_HOLDER + 1 :]) for row in part.rows)
    return replace(part, head=(*part.head[:_HOLDER], *part.head[_HOLDER + 1 :]), rows=rows)


_READERS: dict[DeliverableKind, Callable[[Deliverable], LiveDocument | None]] = {
    DeliverableKind.OPERATING_MODEL: _operating_model,
    DeliverableKind.CATEGORY_PLAN: _category_plan,
    DeliverableKind.ACTION_PLAN: _action_plan,
    DeliverableKind.DEVELOPMENT_PLAN: _development_plan,
    DeliverableKind.PILOT_PROCUREMENT: _pilot,
}


# ---- what was handed in, beside what is there now


def as_data(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Parts as JSON values."""
    return [asdict(part) for part in parts]


def parts_of(submission: Submission) -> list[Part]:
    """The text of a submission."""
    return [
        Part(
            row["key"], row["section"], row["title"], row["text"], tuple(row["head"]),
            tuple(tuple(cells) for cells in row["rows"]),
        )
        for row in submission.parts
    ]  # fmt: skip


def changed_since(submission: Submission) -> list[Change]:
    """What the live document says otherwise than the submission, word by word.

    Read in the language in which it was handed in: names of states are words of that language in both.
    """
    with override(str(submission.reference.get("language") or get_language())):
        now = document_of(submission.deliverable)
        return differences(parts_of(submission), now.parts if now else ())


def differences(before: Sequence[Part], after: Sequence[Part]) -> list[Change]:
    """The parts that differ, by their keys: a document may have got further parts meanwhile."""
    old = {part.key: part for part in before}
    keys = [part.key for part in after]
    gone = [Part(part.key, part.section, part.title) for part in before if part.key not in keys]
    return [
        Change(part, word_diff(old[part.key].words if part.key in old else "", part.words))
        for part in (*after, *gone)
        if part.words != (old[part.key].words if part.key in old else "")
    ]


def reference_words(submission: Submission) -> str:
    """Which version was handed in: "version 2", for documents that count them."""
    number = submission.reference.get("number")
    kind = DeliverableKind(submission.deliverable.kind)
    if kind == DeliverableKind.ACTION_PLAN:
        return _("{count} actions").format(count=number)
    if number and kind != DeliverableKind.CATEGORY_PLAN:
        return _("version {number}").format(number=number)
    return ""


def plans_to_choose(organisation: Organisation, taken: Sequence[int | None]) -> list[CategoryPlan]:
    """Category plans of the organisation that aren't deliverables yet."""
    found = CategoryPlan.objects.filter(organisation=organisation).exclude(pk__in=[pk for pk in taken if pk])
    return list(found.order_by("category"))


def pilots_to_choose(organisation: Organisation, taken: Sequence[int | None]) -> list[Procurement]:
    """Procurements of the organisation that could be pilots: those not cancelled, the newest first."""
    found = Procurement.objects.filter(organisation=organisation).exclude(pk__in=[pk for pk in taken if pk])
    return list(found.exclude(state=ProcurementState.CANCELLED).order_by("-pk")[:200])
