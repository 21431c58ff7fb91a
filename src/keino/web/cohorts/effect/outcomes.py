"""What each outcome is called, how its numbers are written, what it means; reasons and caveats in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keino.domain.programmes.effect import FEWEST_OF_CLASS, Caveat, Effect, Interval, Reason, Verdict
from keino.web.base.templatetags.keino import UNKNOWN, day, speaker
from keino.web.cohorts.choices.engagement import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class OutcomeText:
    """How one outcome is told. ``unit`` is a format of its values, ``unit_of_change`` of its changes.

    ``scale`` leads from the outcome's own unit to that of its changes and of the chart's axis (a share: 100).
    """

    title: _StrPromise
    axis: _StrPromise
    definition: _StrPromise
    source: _StrPromise
    #: A format with before, after, source.
    compared: _StrPromise
    unit: _StrPromise | str
    unit_of_change: _StrPromise
    rose_more: _StrPromise
    rose_less: _StrPromise
    decimals: int
    scale: float = 1.0
    is_share: bool = False
    #: Before and after are days, not years.
    has_days: bool = True

    def level(self, value: float) -> str:
        """A value with its unit."""
        if self.is_share:
            return speaker().percent(value, self.decimals)
        return str(self.unit) % {"value": speaker().number(value, self.decimals)}

    def level_between(self, value: Interval) -> str:
        """A mean with its interval."""
        return _with_interval(*(self.level(each) for each in (value.mean, value.low, value.high)))

    def change(self, value: Interval) -> str:
        """A change with sign, unit and interval."""
        return _with_interval(self._changed(value.mean), self._signed(value.low), self._signed(value.high))

    def _signed(self, value: float) -> str:
        scaled = self.scale * value
        written = speaker().number(scaled, self.decimals)
        return f"+{written}" if scaled > 0 else written

    def _changed(self, value: float) -> str:
        return str(self.unit_of_change) % {"value": self._signed(value)}

    def worth(self, value: float) -> str:
        """A size of difference with its unit."""
        digits = len(f"{self.scale * value:g}".partition(".")[2])
        return str(self.unit_of_change) % {"value": speaker().number(self.scale * value, digits)}

    def answer(self, effect: Effect, worth_telling: float) -> str:
        """The answer in one sentence. ``worth_telling``: the smallest difference that would matter."""
        if effect.difference is None:
            return _("Can’t be told yet.")
        if effect.verdict is Verdict.NOT_SEEN:
            return self._not_seen(effect.difference, worth_telling)
        return str(self.rose_more if effect.verdict is Verdict.ROSE_MORE else self.rose_less)

    def _not_seen(self, difference: Interval, worth_telling: float) -> str:
        """That zero lies within says nothing of how large a difference may be; the interval does."""
        ends = {"low": self._signed(difference.low), "high": self._changed(difference.high)}
        if difference.lies_within(worth_telling):
            return _("No difference can be seen, and if there is one, it is small: from %(low)s to %(high)s.") % ends
        return (
            _("No difference can be seen: the result fits no effect, and it fits everything from %(low)s to %(high)s.")
            % ends
        )

    def between(self, before: str, after: str, source: str) -> str:
        """What is compared with what."""
        ends = {"before": self.when(before), "after": self.when(after)}
        return str(self.compared) % {**ends, "source": source or UNKNOWN}

    def when(self, time: str) -> str:
        """A day, or a year."""
        return day(time) if self.has_days else time


def _with_interval(written: str, low: str, high: str) -> str:
    return _("%(value)s (95%% interval %(low)s to %(high)s)") % {"value": written, "low": low, "high": high}


def _maturity(title: _StrPromise) -> OutcomeText:
    return OutcomeText(
        title=title,
        axis=gettext_lazy("Change of maturity, levels"),
        definition=gettext_lazy(
            "Mean of the areas of the maturity self-assessment, on a scale from 1 to 5, over the areas that both "
            "rounds show and by the same edition of the questions. It is what people think of their own organisation."
        ),
        source=gettext_lazy("Closed rounds of the self-assessment with at least five answers."),
        compared=gettext_lazy("The newest self-assessment up to %(before)s beside the newest one up to %(after)s."),
        unit="%(value)s",
        unit_of_change=gettext_lazy("%(value)s levels"),
        rose_more=gettext_lazy(
            "Maturity rose more, or fell less, among those who took part than among comparable organisations."
        ),
        rose_less=gettext_lazy(
            "Maturity rose less, or fell more, among those who took part than among comparable organisations."
        ),
        decimals=2,
    )


OUTCOMES: Mapping[str, OutcomeText] = {
    Outcome.MATURITY_END: _maturity(Outcome.MATURITY_END.label),
    Outcome.MATURITY_LATER: _maturity(Outcome.MATURITY_LATER.label),
    Outcome.INTENSITY: OutcomeText(
        title=Outcome.INTENSITY.label,
        axis=gettext_lazy("Change of the footprint of a euro, kg CO₂e/€"),
        definition=gettext_lazy(
            "Kilograms of greenhouse gases per euro of purchases that have an emission factor, with rises of prices "
            "taken out. Most factors are averages of an industry: a purchase that was made greener shows only where it "
            "has a factor of its own."
        ),
        source=gettext_lazy("Each organisation’s newest footprint, both years by the same factors."),
        compared=gettext_lazy("Purchases of %(before)s beside those of %(after)s, in prices of %(before)s."),
        unit=gettext_lazy("%(value)s kg CO₂e/€"),
        unit_of_change=gettext_lazy("%(value)s kg CO₂e/€"),
        rose_more=gettext_lazy(
            "The footprint of a euro rose more, or fell less, among those who took part than among comparable "
            "organisations."
        ),
        rose_less=gettext_lazy(
            "The footprint of a euro fell more, or rose less, among those who took part than among comparable "
            "organisations."
        ),
        decimals=3,
        has_days=False,
    ),
    Outcome.PLANNED_SHARE: OutcomeText(
        title=Outcome.PLANNED_SHARE.label,
        axis=gettext_lazy("Change of the share, percentage points"),
        definition=gettext_lazy(
            "Share of a year’s purchases in categories whose category plan was approved on the site by the day. The "
            "purchases are of the same year before and after, so only plans move it. A plan is a promise, not a "
            "reduction; and a programme that asks for plans gets them."
        ),
        source=gettext_lazy("Approved category plans and each organisation’s newest footprint."),
        compared=gettext_lazy(
            "Plans approved by %(before)s beside those approved by %(after)s; purchases of %(source)s for both."
        ),
        unit="%(value)s",
        unit_of_change=gettext_lazy("%(value)s percentage points"),
        rose_more=gettext_lazy(
            "The share of spend under an approved category plan grew more among those who took part than among "
            "comparable organisations."
        ),
        rose_less=gettext_lazy(
            "The share of spend under an approved category plan grew less among those who took part than among "
            "comparable organisations."
        ),
        decimals=1,
        scale=100.0,
        is_share=True,
    ),
}


def reason_words(reason: Reason, effect: Effect, took_part: int, fewest: int, after: str) -> str:
    """Why a difference can't be told. ``after``: the last day, or the year, that counts as after."""
    if reason is Reason.FEW_PARTICIPANTS:
        return _(
            "It is known from both times of %(known)s of the %(all)s organisations that took part. With fewer than "
            "%(fewest)s, one could be recognised and chance would decide."
        ) % {"known": effect.measured, "all": took_part, "fewest": fewest}
    if reason is Reason.FEW_COMPARABLE:
        return ngettext(
            "It is known from both times of only %(count)s organisation of the same kind and size that took part in no "
            "programme. At least %(fewest)s are needed, and %(each)s in every class of kind and size that counts.",
            "It is known from both times of only %(count)s organisations of the same kind and size that took part in "
            "no programme. At least %(fewest)s are needed, and %(each)s in every class of kind and size that counts.",
            effect.compared,
        ) % {"count": effect.compared, "fewest": fewest, "each": FEWEST_OF_CLASS}
    return {
        Reason.FEW_UNPUBLISHED: _(
            "So many of the organisations publish their own value that those of the others could be worked out."
        ),
        Reason.NO_SPREAD: _(
            "All organisations of a group changed by exactly the same (often: not at all), so nobody can say how sure "
            "a difference is."
        ),
        Reason.NOT_OVER: _(
            "It is told when the time that counts as after is over: %(after)s. Numbers that still change could give "
            "single organisations away."
        )
        % {"after": after},
        Reason.TOO_CLOSE: _(
            "Beside the numbers above, single organisations could be worked out from these, so they are not shown."
        ),
    }[reason]


def caveat_words(caveat: Caveat, effect: Effect, start: str) -> str:
    """What a difference doesn't say."""
    if caveat is Caveat.STARTS_APART:
        return _(
            "The groups did not begin alike: the participants’ start differs by %(start)s. A part of the difference "
            "may come from that alone."
        ) % {"start": start}
    if caveat is Caveat.LEFT_OUT:
        return ngettext(
            "%(count)s participant has too few of its kind and size to be compared with and is left out.",
            "%(count)s participants have too few of their kind and size to be compared with and are left out.",
            effect.left_out,
        ) % {"count": effect.left_out}
    return {
        Caveat.SELF_SELECTED: _(
            "This is not what the programme caused. Who applies differs from who doesn’t: the will, a pilot and the "
            "management’s support were there before, and might have led to the same without a programme."
        ),
        Caveat.REGRESSION_TO_MEAN: _(
            "Who begins very low, also by chance, tends to stand nearer to the middle the next time, with or without "
            "a programme (regression to the mean)."
        ),
        Caveat.NO_COMPARISON: _(
            "Without a comparison this change says nothing about the programme: others may have changed as much in "
            "the same time."
        ),
    }[caveat]
