"""A programme's effect in words, in the reader's language: work, reach and deliverables, and what can be told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from keino.domain.programmes.effect import LEVEL, Verdict
from keino.web.base.templatetags.keino import day, speaker
from keino.web.cohorts.choices.engagement import EngagementKind
from keino.web.cohorts.choices.participation import ParticipationState
from keino.web.cohorts.effect.outcome_words import OutcomeWords, Table
from keino.web.cohorts.effect.outcomes import OUTCOMES
from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.codes import region_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keino.web.cohorts.effect.numbers import Content, Hours, Part, ProgrammeNumbers


@dataclass(frozen=True)
class Figure:
    """One large number: what it is, how much, what it counts, where it comes from."""

    label: str
    value: str
    unit: str
    definition: str


def hours(quarters: int) -> str:
    """Quarters of an hour as hours, with no more digits than they have."""
    return speaker().number(quarters / 4, 0 if quarters % 4 == 0 else 1 if quarters % 2 == 0 else 2)


def language() -> str:
    """The reader's language."""
    return speaker().language


class ProgrammeWords:
    """One edition in words."""

    def __init__(self, numbers: ProgrammeNumbers) -> None:
        self.numbers = numbers

    @property
    def name(self) -> str:
        """What it is called."""
        return self.numbers.names.name(language()) or self.numbers.slug

    @property
    def when(self) -> str:
        """Its days."""
        if not self.numbers.kickoff:
            return ""
        return f"{day(self.numbers.kickoff)}\u2013{day(self.numbers.closing)}"

    @property
    def in_short(self) -> str:
        """Hours, reach and deliverables in one sentence."""
        numbers = self.numbers
        return _(
            "%(organisations)s organisations with %(people)s people took part; the centre spent %(hours)s hours on "
            "them; %(approved)s deliverables were approved."
        ) % {
            "organisations": numbers.organisations,
            "people": numbers.people,
            "hours": hours(numbers.quarters),
            "approved": numbers.approved,
        }

    @property
    def figures(self) -> list[Figure]:
        """The four large numbers. They are counts: nothing is estimated, so they have no interval."""
        numbers = self.numbers
        return [
            Figure(
                _("Work of the centre"),
                hours(numbers.quarters),
                pgettext("unit", "h"),
                ngettext(
                    "Hours in the engagement log, of %(count)s person.",
                    "Hours in the engagement log, of %(count)s people.",
                    numbers.workers,
                )
                % {"count": numbers.workers},
            ),
            Figure(
                _("Organisations"),
                str(numbers.organisations),
                "",
                _("With a confirmed place, those that left early included."),
            ),
            Figure(_("People"), str(numbers.people), "", _("In the teams of the organisations.")),
            Figure(
                _("Deliverables approved"),
                str(numbers.approved),
                "",
                _("Plans and procurements that a mentor approved."),
            ),
        ]

    @property
    def tables(self) -> list[Table]:
        """Work, reach and deliverables; those that are empty are left out."""
        numbers = self.numbers
        found = [
            hours_table(numbers.hours),
            self._parts(_("Where they stand"), _("State"), numbers.states, _states()),
            self._parts(_("By kind of organisation"), _("Kind"), numbers.kinds, _kinds()),
            self._parts(_("By region"), _("Region"), numbers.regions, None),
            self._delivered(),
        ]
        return [table for table in found if table.rows]

    def _parts(self, caption: str, head: str, parts: Sequence[Part], names: dict[str, str] | None) -> Table:
        rows = [[_code_name(part.code, names), str(part.organisations), str(part.people)] for part in parts]
        return Table(caption, [head, _("Organisations"), _("People")], rows)

    def _delivered(self) -> Table:
        head = [
            pgettext("programme", "Deliverable"), _("Handed in"), _("Approved"), _("Organisations with one approved")
        ]  # fmt: skip
        rows = [
            [
                each.name.name(language()).capitalize(),
                str(each.handed_in),
                str(each.approved),
                str(each.organisations),
            ]
            for each in self.numbers.delivered
        ]
        return Table(_("Deliverables"), head, rows)

    @cached_property
    def outcomes(self) -> list[OutcomeWords]:
        """What changed."""
        numbers = self.numbers
        return [OutcomeWords(each, numbers.organisations, numbers.slug) for each in numbers.outcomes]


class ContentWords:
    """A page or report in words: one edition, or several."""

    def __init__(self, content: Content) -> None:
        self.content = content

    @cached_property
    def programmes(self) -> list[ProgrammeWords]:
        """The editions."""
        return [ProgrammeWords(each) for each in self.content.programmes]

    @property
    def is_one(self) -> bool:
        """Whether it tells of one edition only."""
        return len(self.content.programmes) == 1 and not self.content.other_hours

    @property
    def counted_on(self) -> str:
        """The day of the numbers."""
        return day(self.content.counted_on)

    @property
    def sentence(self) -> str:
        """Everything in one sentence."""
        content = self.content
        return _(
            "%(programmes)s programmes reached %(organisations)s different organisations and took %(hours)s hours of "
            "the centre’s work, of which %(other)s hours were for no programme."
        ) % {
            "programmes": len(content.programmes),
            "organisations": content.distinct_organisations,
            "hours": hours(content.quarters),
            "other": hours(sum(each.quarters for each in content.other_hours)),
        }

    @property
    def overview(self) -> Table:
        """One row for each edition: work, reach, and the answer of each outcome."""
        head = [_("Programme"), _("Hours"), _("Organisations"), _("People"), _("Deliverables approved")]
        rows = [
            [
                each.name,
                hours(each.numbers.quarters),
                str(each.numbers.organisations),
                str(each.numbers.people),
                str(each.numbers.approved),
            ]
            for each in self.programmes
        ]
        return Table(_("Programmes"), head, rows)

    @property
    def answers(self) -> Table:
        """What can be told of each edition."""
        rows = [
            [programme.name, outcome.title, short_verdict(outcome)]
            for programme in self.programmes
            for outcome in programme.outcomes
        ]
        return Table(_("What can be told"), [_("Programme"), _("What is looked at"), _("Answer")], rows)

    @property
    def by_chance(self) -> str:
        """How many of the differences are expected to seem to be there by chance; empty where none is told."""
        told = sum(outcome.is_told for programme in self.programmes for outcome in programme.outcomes)
        if not told:
            return ""
        expected = round(told * (1 - LEVEL), 2)
        return ngettext(
            "%(count)s difference is told here, with a 95%% interval. Even if there were none, it would seem to be "
            "there in 5 cases of 100, by chance alone.",
            "%(count)s differences are told here, each with a 95%% interval of its own. Even if there were none, about "
            "%(expected)s of them would be expected to seem to be there, by chance alone.",
            told,
        ) % {"count": told, "expected": speaker().number(expected, len(f"{expected:g}".partition(".")[2]))}


def short_verdict(outcome: OutcomeWords) -> str:
    """An answer with its number, short enough for a table."""
    verdict = outcome.effect.verdict
    if verdict is Verdict.CANT_BE_TOLD or outcome.effect.difference is None:
        return _("can’t be told")
    said = OUTCOMES[outcome.code].change(outcome.effect.difference)
    if verdict is Verdict.NOT_SEEN:
        return _("no difference seen: %(difference)s") % {"difference": said}
    return said


def hours_table(rows: Sequence[Hours]) -> Table:
    """Work by its kind."""
    names = {kind.value: str(kind.label) for kind in EngagementKind}
    cells = [[names.get(each.kind, each.kind).capitalize(), hours(each.quarters), str(each.entries)] for each in rows]
    return Table(_("Work of the centre, by kind"), [_("What"), _("Hours"), _("Rows in the log")], cells)


def _states() -> dict[str, str]:
    return {state.value: str(state.label).capitalize() for state in ParticipationState}


def _kinds() -> dict[str, str]:
    return {kind.value: str(kind.label).capitalize() for kind in OrganisationKind}


def _code_name(code: str, names: dict[str, str] | None) -> str:
    if names is None:
        return region_name(code, language()) if code else _("Region not known")
    return names.get(code, code)
