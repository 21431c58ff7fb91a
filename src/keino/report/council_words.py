"""One year's council report in words: sections of sentences, the same on the page, on paper and in the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.report.followup_words import change_sentence, signed_tonnes
from keino.report.language import translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keino.report.council import CouncilContent, CouncilTarget, CouncilTexts, YearFootprint
    from keino.report.language import Translator

HOTSPOTS = 3
SOURCES = 4


@dataclass(frozen=True)
class Section:
    """A part of the report: its heading, sentences, what it lists; ``is_people``: people's own words, as written."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    is_people: bool = False


def title(content: CouncilContent, language: str) -> str:
    """What the report is called."""
    return translator(language).text("Climate report of purchases {year}", year=content.year)


def sections(content: CouncilContent, texts: CouncilTexts, language: str) -> tuple[Section, ...]:
    """The parts of the report in their order; parts of which nothing is known say so, or are left out."""
    speech = translator(language)
    return (
        _summary(speech, texts),
        Section("target", speech.text("Target, and where we are"), tuple(_target(speech, content))),
        Section("footprint", speech.text("Footprint of purchases"), tuple(_footprint(speech, content))),
        Section("change", speech.text("Why it changed"), tuple(_change(speech, content))),
        _hotspots(speech, content, language),
        Section("progress", speech.text("What was done"), tuple(_progress(speech, content))),
        *([_own("next", speech.text("Next steps"), texts.next_steps)] if texts.next_steps.strip() else []),
        Section("method", speech.text("Method"), tuple(_method(speech, content))),
        Section("sources", speech.text("Sources"), (), tuple(_sources(content))),
    )


def _summary(speech: Translator, texts: CouncilTexts) -> Section:
    heading = speech.text("In short")
    if texts.summary.strip():
        return _own("summary", heading, texts.summary)
    names = {"fi": speech.text("Finnish"), "sv": speech.text("Swedish"), "en": speech.text("English")}
    if texts.written_in:
        written = speech.listing(names[code] for code in texts.written_in)
        return Section(
            "summary",
            heading,
            (speech.text("The organisation wrote its summary in {languages} only.", languages=written),),
        )
    return Section("summary", heading, (speech.text("The organisation has not written a summary yet."),))


def _own(key: str, heading: str, text: str) -> Section:
    paragraphs = tuple(part.strip() for part in text.splitlines() if part.strip())
    return Section(key, heading, paragraphs, is_people=True)


def _range(speech: Translator, part: YearFootprint) -> str:
    if part.low_kgco2e is None or part.high_kgco2e is None:
        return ""
    low, high = speech.tonnes(part.low_kgco2e), speech.tonnes(part.high_kgco2e)
    return speech.text(" (95% interval {low}–{high} t)", low=low, high=high)


def _target(speech: Translator, content: CouncilContent) -> Iterator[str]:
    target = content.target
    if target is None:
        yield speech.text("No target for the emissions of purchases has been decided.")
        return
    yield speech.text(
        "The target is to cut the emissions of purchases by {share} from {baseline_year} to {target_year}{decided}.",
        share=speech.percent(target.reduction_share),
        baseline_year=target.baseline_year,
        target_year=target.target_year,
        decided=_decided(speech, target),
    )
    level = target.level_kgco2e(content.year)
    if level is None or content.footprint.footprint_kgco2e is None:
        yield speech.text(
            "How far it is can't be told: the footprint of {year} is not known.", year=target.baseline_year
        )
        return
    yield _gap(speech, content, level)


def _decided(speech: Translator, target: CouncilTarget) -> str:
    parts = [target.decided_by, speech.date(target.decided_on) if target.decided_on else ""]
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _gap(speech: Translator, content: CouncilContent, level: float) -> str:
    """Above or below an even way to the target; where the interval holds both, that is said."""
    part = content.footprint
    gap = (part.footprint_kgco2e or 0.0) - level
    values = {"year": content.year, "level": speech.tonnes(level), "gap": speech.tonnes(abs(gap))}
    if gap > 0:
        said = speech.text("An even way there leaves {level} t in {year}; purchases emitted {gap} t more.", **values)
    else:
        said = speech.text("An even way there leaves {level} t in {year}; purchases emitted {gap} t less.", **values)
    if part.low_kgco2e is not None and part.high_kgco2e is not None and part.low_kgco2e <= level <= part.high_kgco2e:
        said += " " + speech.text("The difference is within the uncertainty of the footprint.")
    return said


def _footprint(speech: Translator, content: CouncilContent) -> Iterator[str]:
    part = content.footprint
    spend = speech.amount_to_read(part.spend, content.currency)
    if part.footprint_kgco2e is None:
        yield speech.text(
            "Purchases of {year} came to {spend}; their footprint is not known.", year=part.year, spend=spend
        )
        return
    yield speech.text(
        "Purchases of {year} came to {spend} and caused {tonnes} t CO₂e{range}{each}.",
        year=part.year,
        spend=spend,
        tonnes=speech.tonnes(part.footprint_kgco2e),
        range=_range(speech, part),
        each=_per_resident(speech, content),
    )
    if content.classified_share is not None:
        known = {"classified": speech.percent_to_read(content.classified_share)}
        if content.factor_share is None:
            yield speech.text("{classified} of the money has a category.", **known)
        else:
            known["factors"] = speech.percent_to_read(content.factor_share)
            yield speech.text("{classified} of the money has a category, and {factors} an emission factor.", **known)


def _per_resident(speech: Translator, content: CouncilContent) -> str:
    if content.per_capita_kgco2e is None:
        return ""
    return speech.text(", or {kg} kg for each resident", kg=speech.to_read(content.per_capita_kgco2e))


def _change(speech: Translator, content: CouncilContent) -> Iterator[str]:
    change = content.change
    if change is None:
        yield speech.text("The ledgers have no earlier year to compare with.")
        return
    yield change_sentence(speech, change, change.footprint_from_kgco2e, (change.year_from, change.year_to))
    if change.intensity_half_width_kgco2e and change.intensity_kgco2e is not None:
        yield speech.text(
            "What the same purchases emit changed by {effect} ± {width} t (95%).",
            effect=signed_tonnes(speech, change.intensity_kgco2e),
            width=speech.tonnes(change.intensity_half_width_kgco2e),
        )


def _hotspots(speech: Translator, content: CouncilContent, language: str) -> Section:
    items = tuple(
        speech.text(
            "{name}: {tonnes} t CO₂e, {share} of the footprint",
            name=spot.names.name(language),
            tonnes=speech.tonnes(spot.footprint_kgco2e),
            share=speech.percent_to_read(min(1.0, spot.share)),
        )
        for spot in content.hotspots[:HOTSPOTS]
    )
    said = () if items else (speech.text("No single category stands out."),)
    return Section("hotspots", speech.text("Largest sources"), said, items)


def _progress(speech: Translator, content: CouncilContent) -> Iterator[str]:
    progress = content.progress
    if progress is None or not (progress.actions or progress.planned_reduction_kgco2e):
        yield speech.text("No actions are entered yet.")
        return
    if progress.actions:
        yield speech.text(
            "Actions: {actions} in all, {started} begun, {done} done, {overdue} late, {undecided} without a budget "
            "decision.",
            actions=speech.number(progress.actions),
            started=speech.number(progress.started),
            done=speech.number(progress.done),
            overdue=speech.number(progress.overdue),
            undecided=speech.number(progress.without_decision),
        )
    if progress.planned_reduction_kgco2e:
        yield speech.text(
            "The chosen plan means to take {tonnes} t off the footprint of {year}.",
            tonnes=speech.tonnes(progress.planned_reduction_kgco2e),
            year=content.year,
        )


def _method(speech: Translator, content: CouncilContent) -> Iterator[str]:
    yield speech.text(
        "Every purchase without VAT is multiplied by the emission factor of its category, an average of an industry. "
        "This tells where emissions concentrate, not what one better product saves."
    )
    yield speech.text(
        "The change is split without a remainder into prices, volume, mix and intensity (logarithmic mean Divisia "
        "index)."
    )
    yield speech.text(
        "Calculated on {day} with keino {version}, factors of edition {edition}.",
        day=speech.date(content.calculated_on),
        version=content.code_version,
        edition=content.factor_edition,
    )
    if content.is_example:
        yield speech.text("Example: this organisation and its purchases are made up.")


def _sources(content: CouncilContent) -> Iterator[str]:
    for source in content.sources[:SOURCES]:
        yield source.citation if not source.url or source.url in source.citation else f"{source.citation} {source.url}"
