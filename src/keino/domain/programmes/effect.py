"""Does a programme help? The change among those who took part beside the change among comparable organisations.

    change of one        after − before
    participants         mean of their changes
    comparable           mean of theirs per kind and size class, weighted as the participants are spread over classes
    difference           participants − comparable, with a 95 % interval by Welch's t; each class has its own spread

Too few organisations, or a group in which nobody differs, give no number at all: "can't be told". A class with few
comparable organisations has no spread to go by, so its participants are left out. A mean is only told with its
interval. Nothing here makes a cause of a difference: who applies differs from who doesn't (``Caveat``).
Method: docs/methods/effect-of-programmes.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from math import inf, sqrt
from statistics import fmean, variance

from keino.domain.programmes.student import two_sided

#: The level of every interval.
LEVEL = 0.95
#: Fewest organisations in a group that is told of; as everywhere where numbers of several are put together.
FEWEST = 5
#: Fewest comparable organisations of a class that counts. With three, the interval holds the truth in 92 of 100.
FEWEST_OF_CLASS = 4
#: More organisations than the country has: no use in saying that so many would be needed.
MOST_NEEDED = 500


class Reason(StrEnum):
    """Why something can't be told."""

    FEW_PARTICIPANTS = "few_participants"
    FEW_COMPARABLE = "few_comparable"
    FEW_UNPUBLISHED = "few_unpublished"
    NO_SPREAD = "no_spread"
    #: Numbers that still grow by single organisations would give them away.
    NOT_OVER = "not_over"
    #: Beside what is shown already, one to four organisations could be worked out.
    TOO_CLOSE = "too_close"


class Caveat(StrEnum):
    """What stands beside every difference, and every change, that is told."""

    SELF_SELECTED = "self_selected"
    REGRESSION_TO_MEAN = "regression_to_mean"
    STARTS_APART = "starts_apart"
    LEFT_OUT = "left_out"
    NO_COMPARISON = "no_comparison"


class Verdict(StrEnum):
    """What a difference says in one word."""

    ROSE_MORE = "rose_more"
    ROSE_LESS = "rose_less"
    NOT_SEEN = "not_seen"
    CANT_BE_TOLD = "cant_be_told"


@dataclass(frozen=True)
class Interval:
    """A mean with the ends of its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def is_apart_from_zero(self) -> bool:
        """Whether zero lies outside."""
        return self.low > 0 or self.high < 0

    def lies_within(self, size: float) -> bool:
        """Whether both ends are at most this far from zero."""
        return -size <= self.low and self.high <= size


@dataclass(frozen=True)
class Measured:
    """One organisation's outcome before and after. ``stratum``: its kind and size class.

    ``is_public``: anybody can look these values up, so they protect nobody else's.
    """

    key: int
    stratum: str
    before: float
    after: float
    is_public: bool = False

    @property
    def change(self) -> float:
        """How much higher it is after."""
        return self.after - self.before


@dataclass(frozen=True)
class GroupChange:
    """A group before and after; every mean with its interval."""

    count: int
    before: Interval
    after: Interval
    change: Interval


#: Participants and comparable by their keys, each with a mark of what was counted of it.
Members = tuple[Mapping[int, str], Mapping[int, str]]


@dataclass(frozen=True)
class Effect:
    """What can be told; None where it can't, and ``reasons`` why. ``members`` are never shown, only compared.

    ``start``: how much higher the participants began. ``needed``: how many organisations in each group would make the
    interval as narrow as the smallest difference worth telling, with the spread found; None where it isn't known or is
    more than ``MOST_NEEDED``.
    """

    participants: GroupChange | None
    comparable: GroupChange | None
    difference: Interval | None
    start: Interval | None
    reasons: tuple[Reason, ...]
    caveats: tuple[Caveat, ...]
    measured: int
    compared: int
    left_out: int
    needed: int | None
    members: Members = field(default_factory=lambda: ({}, {}))

    @property
    def verdict(self) -> Verdict:
        """What the difference says."""
        if self.difference is None:
            return Verdict.CANT_BE_TOLD
        if self.difference.low > 0:
            return Verdict.ROSE_MORE
        return Verdict.ROSE_LESS if self.difference.high < 0 else Verdict.NOT_SEEN


@dataclass(frozen=True)
class _Spread:
    """A mean, its squared standard error and the degrees of freedom of that."""

    mean: float
    squared_error: float
    freedom: float


def effect(participants: Sequence[Measured], others: Sequence[Measured], *, worth_telling: float) -> Effect:
    """Compare participants with the others of their kind and size class.

    Participants in whose class too few others are, or whose others all changed alike, are left out as long as that
    leaves enough of them; where no comparison can be made, what is told is about all participants.
    """
    alike = _of_classes(others, {each.stratum for each in participants})
    enough = {stratum for stratum, size in _sizes(alike).items() if size >= FEWEST_OF_CLASS}
    classes = {stratum for stratum in enough if not _is_even(_of_classes(alike, {stratum}))}
    matched, comparable = _of_classes(participants, classes), _of_classes(alike, classes)
    met, known = _of_classes(participants, enough), _of_classes(alike, enough)
    reasons = tuple(_why_not(participants, met, matched, known, comparable))
    if reasons:
        return _without_comparison(participants, reasons, compared=len(alike))
    shares = _shares(matched)
    change = _difference(_of_participants(matched, comparable, "change"), _weighted(comparable, shares, "change"))
    start = _difference(_of_participants(matched, comparable, "before"), _weighted(comparable, shares, "before"))
    left_out = len(participants) - len(matched)
    return Effect(
        participants=_told(matched),
        comparable=GroupChange(
            len(comparable),
            *(_interval(_weighted(comparable, shares, what)) for what in ("before", "after", "change")),
        ),
        difference=change,
        start=start,
        reasons=(),
        caveats=tuple(_caveats(start, left_out)),
        measured=len(matched),
        compared=len(comparable),
        left_out=left_out,
        needed=_needed(matched, comparable, worth_telling),
        members=(_marks(matched), _marks(comparable)),
    )


def _without_comparison(participants: Sequence[Measured], reasons: tuple[Reason, ...], *, compared: int) -> Effect:
    told = None if any(_why_hidden(participants)) else _told(participants)
    return Effect(
        participants=told,
        comparable=None,
        difference=None,
        start=None,
        reasons=reasons,
        caveats=(Caveat.NO_COMPARISON, Caveat.SELF_SELECTED, Caveat.REGRESSION_TO_MEAN) if told else (),
        measured=len(participants),
        compared=compared,
        left_out=0,
        needed=None,
        members=(_marks(participants) if told else {}, {}),
    )


def untold(*reasons: Reason, measured: int = 0, compared: int = 0) -> Effect:
    """Nothing but why."""
    return Effect(None, None, None, None, reasons, (), measured, compared, 0, None)


def beside(first: Effect, second: Effect) -> Effect:
    """``second`` as it may stand on one page with ``first``, which looks at the same outcome over another time.

    Nobody may be worked out by subtracting the one from the other: those who are in one of them only are nobody or at
    least five, among the participants and among the comparable.
    """
    if not any(_are_close(one.keys(), other.keys()) for one, other in zip(first.members, second.members, strict=True)):
        return second
    return untold(*second.reasons, Reason.TOO_CLOSE, measured=second.measured, compared=second.compared)


def gives_away(earlier: Members, now: Members) -> bool:
    """Whether single organisations could be worked out from two counts of the same.

    Between them nobody or at least five came, left, or changed in what is counted of them.
    """
    return any(_are_close(one.items(), other.items()) for one, other in zip(earlier, now, strict=True))


def _are_close(one: Set[object], other: Set[object]) -> bool:
    return bool(one and other) and any(0 < size < FEWEST for size in (len(one - other), len(other - one)))


# ---- when


def _why_hidden(group: Sequence[Measured]) -> Iterable[Reason]:
    """Why a group's own numbers aren't told."""
    if len(group) < FEWEST:
        yield Reason.FEW_PARTICIPANTS
    elif 0 < sum(not each.is_public for each in group) < FEWEST:
        yield Reason.FEW_UNPUBLISHED
    elif _is_even(group):
        yield Reason.NO_SPREAD


def _why_not(
    participants: Sequence[Measured],
    met: Sequence[Measured],
    matched: Sequence[Measured],
    known: Sequence[Measured],
    comparable: Sequence[Measured],
) -> Iterable[Reason]:
    """``met``: participants of classes that have enough others; ``matched``: those of them whose others differ.

    ``known``, ``comparable``: those others in the same way.
    """
    if len(matched) < FEWEST <= len(participants):
        missing = Reason.FEW_COMPARABLE if len(met) < FEWEST else Reason.NO_SPREAD
        yield missing
        yield from sorted(set(_why_hidden(participants)) - {missing})
        return
    ours = set(_why_hidden(matched))
    yield from sorted(ours)
    if len(comparable) < FEWEST:
        yield from {Reason.FEW_COMPARABLE if len(known) < FEWEST else Reason.NO_SPREAD} - ours
    else:
        yield from sorted(set(_why_hidden(comparable)) - ours)


def _is_even(group: Sequence[Measured]) -> bool:
    """Whether everybody changed alike: then the spread, and with it the interval, isn't known."""
    return len({round(each.change, 9) for each in group}) == 1


def _caveats(start: Interval, left_out: int) -> Iterable[Caveat]:
    yield Caveat.SELF_SELECTED
    yield Caveat.REGRESSION_TO_MEAN
    if start.is_apart_from_zero:
        yield Caveat.STARTS_APART
    if left_out:
        yield Caveat.LEFT_OUT


# ---- how


def _of_classes(group: Iterable[Measured], classes: Collection[str]) -> list[Measured]:
    return [each for each in group if each.stratum in classes]


def _sizes(group: Iterable[Measured]) -> Counter[str]:
    return Counter(each.stratum for each in group)


def _marks(group: Sequence[Measured]) -> dict[int, str]:
    """What was counted of each, as a digest: kept to be compared, never read."""
    return {each.key: _digest(f"{each.stratum} {each.before:.9g} {each.after:.9g}") for each in group}


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _value(each: Measured, what: str) -> float:
    return float(getattr(each, what))


def _told(group: Sequence[Measured]) -> GroupChange:
    """A group by itself: means with intervals of Student's t."""
    return GroupChange(len(group), *(_interval(_plain(group, what)) for what in ("before", "after", "change")))


def _plain(group: Sequence[Measured], what: str) -> _Spread:
    values = [_value(each, what) for each in group]
    return _Spread(fmean(values), variance(values) / len(values), len(values) - 1)


def _shares(participants: Sequence[Measured]) -> dict[str, float]:
    """Each class's share of the participants."""
    return {stratum: size / len(participants) for stratum, size in _sizes(participants).items()}


def _by_class(group: Sequence[Measured], what: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for each in group:
        found[each.stratum].append(_value(each, what))
    return found


def _weighted(comparable: Sequence[Measured], shares: dict[str, float], what: str) -> _Spread:
    """The comparable as if they were spread over the classes as the participants are.

    Each class has a spread of its own: a class that weighs much may differ more than the one that has most members.
    """
    classes = _by_class(comparable, what)
    mean = sum(shares[stratum] * fmean(values) for stratum, values in classes.items())
    errors = {stratum: shares[stratum] ** 2 * variance(values) / len(values) for stratum, values in classes.items()}
    squared = sum(errors.values())
    parts = sum(error**2 / (len(classes[stratum]) - 1) for stratum, error in errors.items())
    return _Spread(mean, squared, squared**2 / parts if parts else inf)


def _of_participants(participants: Sequence[Measured], comparable: Sequence[Measured], what: str) -> _Spread:
    """The participants' mean; its error from how far each lies from the comparable of its own class.

    So a class with a single participant counts too, and since every participant weighs alike, one spread does for all
    classes, also where they differ in it. That effects differ between classes widens the interval.
    """
    means = {stratum: fmean(values) for stratum, values in _by_class(comparable, what).items()}
    apart = [_value(each, what) - means[each.stratum] for each in participants]
    values = [_value(each, what) for each in participants]
    return _Spread(fmean(values), variance(apart) / len(apart), len(apart) - 1)


def _difference(one: _Spread, other: _Spread) -> Interval:
    """One mean less another by Welch's t: the two spreads may differ."""
    squared = one.squared_error + other.squared_error
    parts = one.squared_error**2 / one.freedom + other.squared_error**2 / other.freedom
    freedom = squared**2 / parts if parts else inf
    return _interval(_Spread(one.mean - other.mean, squared, freedom))


def _interval(spread: _Spread) -> Interval:
    half = two_sided(LEVEL, spread.freedom) * sqrt(spread.squared_error) if spread.squared_error else 0.0
    return Interval(spread.mean, spread.mean - half, spread.mean + half)


def _needed(participants: Sequence[Measured], comparable: Sequence[Measured], worth_telling: float) -> int | None:
    """Organisations in each group, in the classes of the participants, for a half width of ``worth_telling``."""
    classes, shares = _by_class(comparable, "change"), _shares(participants)
    ours = variance([each.change - fmean(classes[each.stratum]) for each in participants])
    theirs = sum(shares[stratum] * variance(values) for stratum, values in classes.items())
    for count in range(2, MOST_NEEDED + 1):
        if two_sided(LEVEL, 2.0 * count - 2) * sqrt((ours + theirs) / count) <= worth_telling:
            return max(count, FEWEST)
    return None
