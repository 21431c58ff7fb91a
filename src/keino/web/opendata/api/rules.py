"""With a token: rules that put lines into categories."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from keino.web.measurement.models import CategoryRule
from keino.web.measurement.queries.runs import rules_in_force
from keino.web.measurement.services.rules import add_rules, end_rule
from keino.web.opendata.api.ledgers import CHANGES, PROBLEMS, organisation_called
from keino.web.opendata.api.own_schemas import RuleIn, RuleOut, RulePage
from keino.web.opendata.api.paging import Page, rows_after
from keino.web.opendata.api.tokens import READ, WRITE, asker, permitted

router = Router(tags=["own"])


@router.get("/organisations/{slug}/rules", auth=READ, response={200: RulePage, **PROBLEMS}, summary="List rules")
def list_rules(request: HttpRequest, slug: str, page: Query[Page]) -> Any:
    """Rules in force, newest first: the order in which they decide."""
    organisation = permitted(request, "measurement.see_lines", organisation_called(slug))
    found, following = rows_after(rules_in_force(organisation), page, newest_first=True)
    return {"items": [_rule(rule) for rule in found], "next": following}


@router.post("/organisations/{slug}/rules", auth=WRITE, response={201: RuleOut, **CHANGES}, summary="Add a rule")
def create_rule(request: HttpRequest, slug: str, rule: RuleIn) -> Any:
    """Add a rule; it decides before all older ones, from the next calculation on. The same rule again is harmless."""
    organisation = permitted(request, "measurement.work", organisation_called(slug))
    made = add_rules(
        owner=organisation,
        conditions=[rule.conditions],
        category=rule.category,
        exclusion_reason=rule.exclusion_reason,
        note=rule.note,
        by=asker(request),
    )
    found = made[0] if made else _same(list(rules_in_force(organisation)), rule)
    return Status(201, _rule(found))


def _same(rules: list[CategoryRule], wanted: RuleIn) -> CategoryRule:
    """The rule in force that says the same already."""

    def words(conditions: dict[str, str]) -> dict[str, str]:
        return {name.strip(): text.strip().casefold() for name, text in conditions.items() if text.strip()}

    return next(rule for rule in rules if words(rule.conditions) == words(wanted.conditions))


@router.delete(
    "/organisations/{slug}/rules/{int:rule_id}", auth=WRITE, response={204: None, **CHANGES}, summary="End a rule"
)
def delete_rule(request: HttpRequest, slug: str, rule_id: int) -> Any:
    """Stop using a rule from the next calculation on."""
    organisation = permitted(request, "measurement.work", organisation_called(slug))
    rule = CategoryRule.objects.filter(organisation=organisation, pk=min(rule_id, 2**63 - 1)).first()
    if rule is None:
        raise Http404
    end_rule(rule=rule, by=asker(request))
    return Status(204, None)


def _rule(rule: CategoryRule) -> dict[str, Any]:
    return {
        "rule_id": rule.pk,
        "conditions": rule.conditions,
        "category": rule.category,
        "exclusion_reason": rule.exclusion_reason,
        "note": rule.note,
        "made_at": rule.made_at,
    }
