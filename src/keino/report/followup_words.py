"""Why a footprint changed, and whether measures showed, in words: for the terminal, the site and the council report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from keino.report.language import mark
from keino.report.tables import share_of

if TYPE_CHECKING:
    from keino.report.language import Translator

#: The parts of a change in the order they are shown, with what they mean. The first word heads a column.
PARTS = {
    "price": (mark("Prices"), mark("prices that the factors do not know of")),
    "volume": (mark("Volume"), mark("more or less bought in all, at constant prices")),
    "mix": (mark("Mix"), mark("other categories bought")),
    "intensity": (mark("Intensity"), mark("more or less emitted per unit of what was bought")),
    "unsplit": (mark("Not split"), mark("no price index is known for the years")),
    "edition": (mark("Factors"), mark("other factors than the year was reported with")),
    "perimeter": (mark("Organisation"), mark("units and tasks that joined or left")),
}
ANSWERS = {
    "shown": mark("It shows"),
    "not_shown": mark("It does not show"),
    "cannot_be_told": mark("It can't be told"),
}
REASONS = {
    "compared": "",
    "works_by_volume": mark("it means to buy less, and needs change what is bought too"),
    "no_measurement": mark("nothing comparable was measured in its category"),
    "average_factor": mark("the factors are averages of an industry, which know of no single contract"),
    "within_uncertainty": mark("the uncertainty is larger than the planned effect"),
    "other_measures": mark("another measure in the category may have done it"),
}

#: What a part did, when it is less and when it is more, for a sentence.
_LESS_AND_MORE = {
    "price": (mark("prices {tonnes} t"), mark("prices {tonnes} t")),
    "volume": (mark("less bought {tonnes} t"), mark("more bought {tonnes} t")),
    "mix": (mark("a mix with smaller emissions {tonnes} t"), mark("a mix with larger emissions {tonnes} t")),
    "intensity": (
        mark("smaller emissions of the same purchases {tonnes} t"),
        mark("larger emissions of the same purchases {tonnes} t"),
    ),
    "unsplit": (mark("not split, for lack of a price index, {tonnes} t"),) * 2,
    "edition": (mark("other factors than the year was reported with {tonnes} t"),) * 2,
    "perimeter": (mark("tasks that left the organisation {tonnes} t"), mark("tasks that joined it {tonnes} t")),
}
#: Parts below this share of the largest one are not worth a sentence.
_WORTH_SAYING = 0.005


class Split(Protocol):
    """A change with its parts, whoever keeps it."""

    @property
    def change_kgco2e(self) -> float:
        """The whole change, as reported."""


def signed_tonnes(speech: Translator, kgco2e: float | None) -> str:
    """Tonnes with their sign; a dash where nothing is known, and no sign for what is below a gram."""
    if kgco2e is None:
        return "–"
    exact = round(kgco2e, 3)
    return ("+" if exact > 0 else "") + speech.tonnes(exact)


def part_of(split: Split, name: str) -> float | None:
    """A part of ``PARTS``; None where it is not known."""
    value: float | None = getattr(split, f"{name}_kgco2e")
    return value


def change_sentence(speech: Translator, split: Split, before_kgco2e: float, years: tuple[int, int]) -> str:
    """How much more or less, in one sentence with its parts, the largest first."""
    change = round(split.change_kgco2e, 3)
    values = {
        "tonnes": speech.tonnes(abs(change)),
        "share": _share(speech, change, before_kgco2e),
        "year_from": years[0],
        "year_to": years[1],
    }
    if not change:
        said = mark("Emissions of purchases stayed the same from {year_from} to {year_to}")
    elif change < 0:
        said = mark("Emissions of purchases fell by {tonnes} t CO₂e{share} from {year_from} to {year_to}")
    else:
        said = mark("Emissions of purchases rose by {tonnes} t CO₂e{share} from {year_from} to {year_to}")
    said = speech.text(said, **values)
    parts = speech.listing(_said_parts(speech, split))
    return f"{said}: {parts}." if parts else f"{said}."


def _share(speech: Translator, change: float, before: float) -> str:
    share = share_of(abs(change), before)
    return "" if share is None else f" ({speech.percent_to_read(share)})"


def _said_parts(speech: Translator, split: Split) -> Iterator[str]:
    known = [(name, value) for name in PARTS if (value := part_of(split, name))]
    largest = max((abs(value) for _, value in known), default=0.0)
    for name, value in sorted(known, key=lambda each: -abs(each[1])):
        if abs(value) >= max(_WORTH_SAYING * largest, 0.001):
            less, more = _LESS_AND_MORE[name]
            yield speech.text(less if value < 0 else more, tonnes=signed_tonnes(speech, value))


def answer_in_words(speech: Translator, answer: str, reason: str, *, falls_short: bool) -> str:
    """Whether a measure showed, and why that can't be told where it can't."""
    words = speech.text(ANSWERS[answer])
    if falls_short and answer == "shown":
        words = speech.text("{answer}, but less than planned", answer=words)
    why = speech.text(REASONS[reason])
    return f"{words}: {why}" if why else words
