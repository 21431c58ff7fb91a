"""Rules for categories: corrections that people made once for all lines alike. They count from the next run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from keino.engine.formulas import as_typed, harmless
from keino.errors import UsageError, mark
from keino.web.base.audit import acting
from keino.web.base.models import Person
from keino.web.measurement.models import CategoryRule
from keino.web.measurement.queries.runs import Owner, owned, rules_in_force

#: More rules than anybody can look after.
MOST_RULES = 5_000
LONGEST_CONDITION = 300
_ANSWER = ("category", "exclusion_reason", "note")


class TooManyRules(UsageError):
    """More rules than the site takes."""

    code = "too_many_rules"
    template = mark("keino takes at most {most} rules, and this would make {count}. Nothing was saved.")


class UnreadableRules(UsageError):
    """An uploaded file holds no rules."""

    code = "unreadable_rules"
    template = mark(
        "The file isn't a CSV table in UTF-8 with a row of headings. Nothing was saved. Save it as CSV (UTF-8)."
    )


def add_rules(
    *,
    owner: Owner,
    conditions: Sequence[Mapping[str, str]],
    category: str = "",
    exclusion_reason: str = "",
    note: str = "",
    by: Person | None,
) -> list[CategoryRule]:
    """Add one rule for each set of conditions; they decide before all older ones. Raises UsageError and saves nothing.

    A rule that is in force already in the same words is not added again, so a double press is harmless.
    """
    answer = {"category": category, "exclusion_reason": exclusion_reason, "note": note}
    return _add(owner, [{**each, **answer} for each in conditions], by, act="correct categories")


def _add(owner: Owner, rows: Sequence[Mapping[str, str]], by: Person | None, *, act: str) -> list[CategoryRule]:
    """Add rules given as rows of an own-rules file, the first of them deciding first."""
    from keino.engine.factor_sets import buyer_rules

    buyer_rules(rows)  # raises BrokenRules naming every problem
    cleaned = [_cleaned(row) for row in rows if any((cell or "").strip() for cell in row.values())]
    with transaction.atomic(), acting(by, act=act):
        type(owner).objects.select_for_update().get(pk=owner.pk)
        known = list(rules_in_force(owner))
        there = {_words(rule.conditions, rule.category, rule.exclusion_reason): rule for rule in known}
        fresh = [row for row in cleaned if _words(row[0], row[1]["category"], row[1]["exclusion_reason"]) not in there]
        if len(known) + len(fresh) > MOST_RULES:
            raise TooManyRules(most=MOST_RULES, count=len(known) + len(fresh))
        now = timezone.now()
        made = [
            CategoryRule.objects.create(**owned(owner), conditions=conditions, **answer, made_by=by, made_at=now)
            for conditions, answer in reversed(fresh)  # the newest decides first
        ]
    return made[::-1]


def _cleaned(row: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A row's conditions and answer, as the engine understood them."""
    from keino.engine.factor_sets import buyer_rules

    (rule,) = buyer_rules([row])
    cells = {name.strip(): (cell or "").strip() for name, cell in row.items() if name is not None}
    conditions = {name: cell[:LONGEST_CONDITION] for name, cell in cells.items() if cell and name not in _ANSWER}
    answer = {"category": rule.category, "exclusion_reason": rule.exclusion_reason, "note": cells.get("note", "")[:300]}
    return conditions, answer


def _words(conditions: Mapping[str, str], category: str, exclusion_reason: str) -> tuple[object, ...]:
    return (frozenset((name, text.casefold()) for name, text in conditions.items()), category, exclusion_reason)


def end_rule(*, rule: CategoryRule, by: Person | None) -> None:
    """Stop using a rule from the next run on; it stays in the list of ended ones. Ending it twice changes nothing."""
    with transaction.atomic(), acting(by, act="end rule"):
        found = CategoryRule.objects.select_for_update().get(pk=rule.pk)
        if found.ended_at is None:
            found.ended_at, found.ended_by = timezone.now(), by
            found.save(update_fields=["ended_at", "ended_by"])


def import_rules(*, owner: Owner, content: bytes, by: Person | None) -> list[CategoryRule]:
    """Add the rules of an own-rules file, its first row deciding first. Raises UsageError and saves nothing."""
    return _add(owner, _rows(content), by, act="import rules")


def _rows(content: bytes) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableRules from error
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableRules from error
    if not rows:
        raise UnreadableRules
    if len(rows) > MOST_RULES:
        raise TooManyRules(most=MOST_RULES, count=len(rows))
    return [
        {(name or "").strip(): as_typed(cell or "") for name, cell in row.items() if name is not None} for row in rows
    ]


def rules_as_csv(rules: Iterable[CategoryRule]) -> str:
    """Rules as an own-rules file (docs/how-to/own-rules.md); texts that look like formulas get an apostrophe."""
    found = list(rules)
    columns = list(dict.fromkeys(name for rule in found for name in rule.conditions)) or ["account_code"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*columns, *_ANSWER])
    for rule in found:
        cells = [*(rule.conditions.get(name, "") for name in columns), rule.category, rule.exclusion_reason, rule.note]
        writer.writerow(map(harmless, cells))
    return stream.getvalue()
