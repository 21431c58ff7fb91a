"""Success criteria of levels A and AA of WCAG 2.2, by number (W3C Recommendation, https://www.w3.org/TR/WCAG22/).

Version 2.2 has 55 of them: 31 of level A and 24 of level AA (4.1.1 was taken out). WCAG 2.1, which act 306/2019 asks
for through EN 301 549, lacks the six that ``is_new`` marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEW_IN_2_2 = frozenset({"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"})


@dataclass(frozen=True)
class SuccessCriterion:
    """One criterion: its number, level and name."""

    number: str
    level: str
    name: _StrPromise

    @property
    def is_new(self) -> bool:
        """Whether it came with version 2.2."""
        return self.number in NEW_IN_2_2


CRITERIA: tuple[SuccessCriterion, ...] = tuple(
    SuccessCriterion(number, level, name)
    for number, level, name in (
        ("1.1.1", "A", _("Non-text Content")),
        ("1.2.1", "A", _("Audio-only and Video-only (Prerecorded)")),
        ("1.2.2", "A", _("Captions (Prerecorded)")),
        ("1.2.3", "A", _("Audio Description or Media Alternative (Prerecorded)")),
        ("1.2.4", "AA", _("Captions (Live)")),
        ("1.2.5", "AA", _("Audio Description (Prerecorded)")),
        ("1.3.1", "A", _("Info and Relationships")),
        ("1.3.2", "A", _("Meaningful Sequence")),
        ("1.3.3", "A", _("Sensory Characteristics")),
        ("1.3.4", "AA", _("Orientation")),
        ("1.3.5", "AA", _("Identify Input Purpose")),
        ("1.4.1", "A", _("Use of Color")),
        ("1.4.2", "A", _("Audio Control")),
        ("1.4.3", "AA", _("Contrast (Minimum)")),
        ("1.4.4", "AA", _("Resize Text")),
        ("1.4.5", "AA", _("Images of Text")),
        ("1.4.10", "AA", _("Reflow")),
        ("1.4.11", "AA", _("Non-text Contrast")),
        ("1.4.12", "AA", _("Text Spacing")),
        ("1.4.13", "AA", _("Content on Hover or Focus")),
        ("2.1.1", "A", _("Keyboard")),
        ("2.1.2", "A", _("No Keyboard Trap")),
        ("2.1.4", "A", _("Character Key Shortcuts")),
        ("2.2.1", "A", _("Timing Adjustable")),
        ("2.2.2", "A", _("Pause, Stop, Hide")),
        ("2.3.1", "A", _("Three Flashes or Below Threshold")),
        ("2.4.1", "A", _("Bypass Blocks")),
        ("2.4.2", "A", _("Page Titled")),
        ("2.4.3", "A", _("Focus Order")),
        ("2.4.4", "A", _("Link Purpose (In Context)")),
        ("2.4.5", "AA", _("Multiple Ways")),
        ("2.4.6", "AA", _("Headings and Labels")),
        ("2.4.7", "AA", _("Focus Visible")),
        ("2.4.11", "AA", _("Focus Not Obscured (Minimum)")),
        ("2.5.1", "A", _("Pointer Gestures")),
        ("2.5.2", "A", _("Pointer Cancellation")),
        ("2.5.3", "A", _("Label in Name")),
        ("2.5.4", "A", _("Motion Actuation")),
        ("2.5.7", "AA", _("Dragging Movements")),
        ("2.5.8", "AA", _("Target Size (Minimum)")),
        ("3.1.1", "A", _("Language of Page")),
        ("3.1.2", "AA", _("Language of Parts")),
        ("3.2.1", "A", _("On Focus")),
        ("3.2.2", "A", _("On Input")),
        ("3.2.3", "AA", _("Consistent Navigation")),
        ("3.2.4", "AA", _("Consistent Identification")),
        ("3.2.6", "A", _("Consistent Help")),
        ("3.3.1", "A", _("Error Identification")),
        ("3.3.2", "A", _("Labels or Instructions")),
        ("3.3.3", "AA", _("Error Suggestion")),
        ("3.3.4", "AA", _("Error Prevention (Legal, Financial, Data)")),
        ("3.3.7", "A", _("Redundant Entry")),
        ("3.3.8", "AA", _("Accessible Authentication (Minimum)")),
        ("4.1.2", "A", _("Name, Role, Value")),
        ("4.1.3", "AA", _("Status Messages")),
    )
)
BY_NUMBER = {criterion.number: criterion for criterion in CRITERIA}
