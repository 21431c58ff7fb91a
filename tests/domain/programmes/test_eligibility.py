"""Whether an organisation may take part: rule by rule, and what nobody told."""

from __future__ import annotations

import pytest

from keino.domain.programmes.eligibility import Checked, Verdict, Wanted, check, overall

KIND = Wanted("eligible_org_type", "kind", frozenset({"municipality", "parish"}))
TEAM = Wanted("capacity", "team", frozenset({"yes"}))
PILOT = Wanted("pilot_pipeline", "has_pilot", frozenset({"yes"}))


def test_each_rule_says_whether_it_is_met_and_what_was_said() -> None:
    found = check([KIND, TEAM, PILOT], {"kind": "company", "team": "yes", "has_pilot": "yes"})
    assert found == [
        Checked("eligible_org_type", Verdict.NOT_MET, "company"),
        Checked("capacity", Verdict.MET, "yes"),
        Checked("pilot_pipeline", Verdict.MET, "yes"),
    ]


@pytest.mark.parametrize("said", [None, ""])
def test_what_nobody_told_is_neither_held_against_anyone_nor_taken_for_granted(said: str | None) -> None:
    assert check([KIND], {"kind": said}) == [Checked("eligible_org_type", Verdict.UNKNOWN, None)]
    assert check([KIND], {}) == [Checked("eligible_org_type", Verdict.UNKNOWN, None)]


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({"kind": "parish", "team": "yes"}, Verdict.MET),
        ({"kind": "parish"}, Verdict.UNKNOWN),
        ({"kind": "company"}, Verdict.NOT_MET),
        ({}, Verdict.UNKNOWN),
    ],
)
def test_one_thing_that_isnt_met_is_enough_to_say_no(known: dict[str, str | None], verdict: Verdict) -> None:
    assert overall(check([KIND, TEAM], known)) == verdict


def test_an_edition_without_rules_lets_everyone_in() -> None:
    assert overall(check([], {})) == Verdict.MET
