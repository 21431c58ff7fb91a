"""One outcome of a programme in words, in the reader's language: the answer, its numbers, and what they don't say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keino.domain.programmes.effect import FEWEST, MOST_NEEDED
from keino.web.base.templatetags.keino import day
from keino.web.cohorts.effect.charts import changes_figure
from keino.web.cohorts.effect.outcomes import OUTCOMES, caveat_words, reason_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keino.domain.programmes.effect import GroupChange
    from keino.web.cohorts.effect.numbers import OutcomeNumbers
    from keino.web.cohorts.effect.outcomes import OutcomeText


@dataclass(frozen=True)
class Table:
    """A plain table: caption, headings, rows; the first cell names the row."""

    caption: str
    head: list[str]
    rows: list[list[str]]


class OutcomeWords:
    """One outcome: the answer first, then the numbers, then what they don't say."""

    def __init__(self, numbers: OutcomeNumbers, took_part: int, slug: str) -> None:
        self._numbers = numbers
        self._took_part = took_part
        self._slug = slug
        self._text: OutcomeText = OUTCOMES[numbers.code]
        self.code = numbers.code
        self.effect = numbers.effect

    @property
    def title(self) -> str:
        """What is looked at."""
        return str(self._text.title)

    @property
    def is_told(self) -> bool:
        """Whether a difference is told."""
        return self.effect.difference is not None

    @property
    def answer(self) -> str:
        """One sentence for somebody who reads nothing else."""
        return self._text.answer(self.effect, self._numbers.worth_telling)

    @property
    def sentences(self) -> list[str]:
        """The numbers in words, each with its interval."""
        return list(self._sentences())

    def _sentences(self) -> Iterator[str]:
        ours, theirs, difference = self.effect.participants, self.effect.comparable, self.effect.difference
        if ours is not None:
            yield ngettext(
                "Among %(count)s participant it went from %(before)s to %(after)s: %(change)s.",
                "Among %(count)s participants it went from %(before)s to %(after)s: %(change)s.",
                ours.count,
            ) % self._change(ours)
        if theirs is not None:
            yield ngettext(
                "Among %(count)s comparable organisation it went from %(before)s to %(after)s: %(change)s.",
                "Among %(count)s comparable organisations it went from %(before)s to %(after)s: %(change)s.",
                theirs.count,
            ) % self._change(theirs)
        if difference is not None:
            yield _("The difference is %(difference)s.") % {"difference": self._text.change(difference)}
        if self._numbers.kept_from:
            yield _(
                "These are the numbers of %(day)s. They stay until at least %(fewest)s organisations have changed: "
                "beside these, single ones could be worked out from newer numbers."
            ) % {"day": day(self._numbers.kept_from), "fewest": FEWEST}

    def _change(self, group: GroupChange) -> dict[str, Any]:
        return {
            "count": group.count,
            "before": self._text.level(group.before.mean),
            "after": self._text.level(group.after.mean),
            "change": self._text.change(group.change),
        }

    @property
    def why_not(self) -> list[str]:
        """Why a difference can't be told."""
        after = self._text.when(self._numbers.after)
        return [reason_words(reason, self.effect, self._took_part, FEWEST, after) for reason in self.effect.reasons]

    @property
    def caveats(self) -> list[str]:
        """What the difference doesn't say."""
        start = self._text.change(self.effect.start) if self.effect.start is not None else ""
        return [caveat_words(caveat, self.effect, start) for caveat in self.effect.caveats]

    @property
    def needed(self) -> str:
        """How many organisations it takes to know the difference as well as matters."""
        if not self.is_told:
            return ""
        worth = self._text.worth(self._numbers.worth_telling)
        if self.effect.needed is None:
            return _(
                "The changes differ so much that even with %(most)s organisations in each group the difference would "
                "not be known to within %(worth)s either way."
            ) % {"most": MOST_NEEDED, "worth": worth}
        return _(
            "To know the difference to within %(worth)s either way, about %(count)s organisations are needed in each "
            "group, if they differ as much as these."
        ) % {"worth": worth, "count": self.effect.needed}

    @property
    def between(self) -> str:
        """What is compared with what."""
        numbers = self._numbers
        return self._text.between(numbers.before, numbers.after, numbers.source)

    @property
    def definition(self) -> str:
        """What the number is."""
        return str(self._text.definition)

    @property
    def source(self) -> str:
        """Where it comes from."""
        return str(self._text.source)

    @cached_property
    def table(self) -> Table | None:
        """Both groups and the difference; every mean with its interval."""
        rows = list(self._rows())
        if not rows:
            return None
        head = [_("Group"), _("Organisations"), _("Before"), _("After"), _("Change")]
        return Table(self.title, head, rows)

    def _rows(self) -> Iterator[list[str]]:
        for name, group in ((_("Participants"), self.effect.participants), (_("Comparable"), self.effect.comparable)):
            if group is not None:
                ends = (self._text.level_between(each) for each in (group.before, group.after))
                yield [name, str(group.count), *ends, self._text.change(group.change)]
        if self.effect.difference is not None:
            yield [_("Difference"), "", "", "", self._text.change(self.effect.difference)]

    @cached_property
    def figure(self) -> SimpleNamespace | None:
        """The changes as a chart; none where nothing can be told."""
        table = self.table
        if table is None:
            return None
        ours, theirs = self.effect.participants, self.effect.comparable
        shown = [
            (_("Participants"), ours.change if ours else None),
            (_("Comparable"), theirs.change if theirs else None),
            (_("Difference"), self.effect.difference),
        ]
        rows = [(name, each, self._text.change(each)) for name, each in shown if each is not None]
        key = f"effect-{self._slug}-{self.code}".replace("_", "-")
        return changes_figure(key, str(self._text.axis), rows, self._text.scale, SimpleNamespace(**vars(table)))
