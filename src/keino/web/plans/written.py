"""What is written in a document, part by part: the same parts make its page, its PDF and its comparison."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.web.base.templatetags.keino import day, exact, percent
from keino.web.plans.choices import OperatingRoleKind
from keino.web.plans.measure_names import measure_name
from keino.web.plans.models import CategoryPlan, ClimateTarget, OperatingModel
from keino.web.plans.row_columns import COLUMNS

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One titled part: a text, or rows under a head. ``section`` is where it is edited."""

    key: str
    section: str
    title: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.text.strip() or self.rows)

    @property
    def words(self) -> str:
        """The part as plain text, each row on a line of its own: what comparisons compare."""
        lines = ("; ".join(f"{name}: {cell}" for name, cell in zip(self.head, row, strict=True)) for row in self.rows)
        return self.text if not self.rows else "\n".join(lines)


# ---- operating model


def operating_parts(model: OperatingModel) -> list[Part]:
    """The parts of a version of the operating model."""
    return [
        *_texts(model, "purpose", "purpose", "scope", "strategy_link"),
        Part("climate_target", "target", _name(model, "climate_target"), target_words(target_of(model))),
        *_texts(model, "target", "budget_link"),
        _table("roles", "roles", _("Roles"), _role_rows(model)),
        *_texts(model, "policies", "policies", "criteria_policy", "dialogue_policy", "category_owners"),
        _table("decision_gates", "gates", _name(model, "decision_gates"), model.decision_gates),
        _table("model_indicators", "indicators", _name(model, "indicators"), model.indicators),
        *_texts(model, "indicators", "monitoring"),
        _table("annual_clock", "clock", _name(model, "annual_clock"), _months(model.annual_clock)),
        *_texts(model, "clock", "review_cycle", "improvement"),
    ]


def _texts(document: OperatingModel, section: str, *names: str) -> list[Part]:
    return [Part(name, section, _name(document, name), getattr(document, name)) for name in names]


def _name(document: OperatingModel | CategoryPlan | type[CategoryPlan], column: str) -> str:
    return str(document._meta.get_field(column).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001  # Django's name


def _table(key: str, section: str, title: str, rows: Iterable[Row]) -> Part:
    names = COLUMNS[key]
    cells = tuple(tuple(str(row.get(name) or "") for name in names) for row in rows)
    return Part(key, section, title, head=tuple(map(str, names.values())), rows=cells)


def _role_rows(model: OperatingModel) -> list[Row]:
    return [
        {
            "kind": OperatingRoleKind(role.kind).label,
            "post": role.post,
            "holder": str(role.holder or ""),
            "duties": role.duties,
        }
        for role in model.roles.all()
    ]


def _months(clock: Mapping[str, str]) -> list[Row]:
    return [
        {"month": str(name).capitalize(), "what": clock[str(number)]}
        for number, name in MONTHS.items()
        if clock.get(str(number))
    ]


def target_of(model: OperatingModel) -> Row | None:
    """The climate target: as it was at approval, and before that as it is now."""
    if model.target_as_approved is not None:
        kept: Row = model.target_as_approved
        return kept
    return target_as_data(model.climate_target) if model.climate_target else None


def target_as_data(target: ClimateTarget) -> dict[str, Any]:
    """A climate target as JSON values."""
    return {
        "baseline_year": target.baseline_year,
        "target_year": target.target_year,
        "reduction_share": target.reduction_share,
        "scope": target.scope,
        "decided_by": target.decided_by_text,
        "decided_on": target.decided_on.isoformat() if target.decided_on else "",
    }


def target_words(target: Row | None) -> str:
    """A climate target in a sentence or two; empty without one."""
    if target is None:
        return ""
    said = [
        _("{share} less emissions in {year} than in {baseline}.").format(
            share=percent(target["reduction_share"]), year=target["target_year"], baseline=target["baseline_year"]
        )
    ]
    if target["scope"]:
        said.append(_("It concerns: {scope}.").format(scope=target["scope"].rstrip(".")))
    if target["decided_by"] or target["decided_on"]:
        decision = ", ".join(filter(None, (target["decided_by"], target["decided_on"] and day(target["decided_on"]))))
        said.append(_("Decided: {decision}.").format(decision=decision))
    return " ".join(said)


# ---- category plan


def category_parts(content: Row, owner: str) -> list[Part]:
    """The parts of a category plan, from its content (``queries.category_plans.content_of``)."""
    budget = content["budget_link"]
    if content["no_budget_effect"]:
        budget = _("No effect on the budget.")
    plan = CategoryPlan
    return [
        Part("owner", "scope", _name(plan, "owner"), owner),
        Part("scope", "scope", _name(plan, "scope"), content["scope"]),
        Part("market_view", "scope", _name(plan, "market_view"), content["market_view"]),
        _table("goals", "goals", _name(plan, "goals"), map(_goal, content["goals"])),
        _table("measures", "measures", _name(plan, "measures"), map(_measure, content["measures"])),
        _table("criteria", "criteria", _name(plan, "criteria"), content["criteria"]),
        _table("tenders", "tenders", _("Calendar of tenderings"), map(_tender, content["tenders"])),
        _table("risks", "risks", _name(plan, "risks"), content["risks"]),
        _table("indicators", "indicators", _name(plan, "indicators"), content["indicators"]),
        Part("budget_link", "budget", _name(plan, "budget_link"), budget),
    ]


def _goal(row: Row) -> Row:
    values = {name: exact(Decimal(row[name])) if row[name] else "" for name in ("baseline", "target")}
    return {**row, **values, "deadline": day(row["deadline"]) if row["deadline"] else ""}


def _measure(row: Row) -> Row:
    """A measure of the bank has its name in the reader's language; one that the bank no longer has, the name it had."""
    name = measure_name(row["code"], row.get("name", "")) if row["code"] else row["text"]
    return {"measure": name, "note": row["note"]}


def _tender(row: Row) -> Row:
    return {"title": row["title"], "when": when_words(row), "procurement": row["procurement_title"]}


def when_words(row: Row) -> str:
    """The day of a tendering where it is known, else its quarter."""
    if row["day"]:
        return day(dt.date.fromisoformat(row["day"]))
    return pgettext("time of a tendering", "Q{quarter}/{year}").format(quarter=row["quarter"], year=row["year"])
