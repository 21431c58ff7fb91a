"""What codes of runs and lines are called for people: categories, reasons, what decided."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language, gettext

from keino.report import codes
from keino.web.base.templatetags.keino import speaker

Choices = list[tuple[str, list[tuple[str, str]]]]


def language() -> str:
    """The reader's language: fi, sv or en."""
    return (get_language() or "fi")[:2]


@cache
def _table(name: str) -> Mapping[str, Mapping[str, str]]:
    from keino.facts.read import read

    return {row["code"]: row for row in read(name).rows}


def category_name(code: str) -> str:
    """A category's name in the reader's language; the code itself where this version knows it no more."""
    if not code:
        return gettext("Without a category")
    row = _table("categories").get(code)
    return row[f"label_{language()}"] if row else code


def is_category(code: str) -> bool:
    """Whether the tree has a category or main category of this code."""
    return code in _table("categories")


def exclusion_name(code: str) -> str:
    """Why a line is no purchase, in the reader's language."""
    row = _table("exclusion_reasons").get(code)
    return row[f"label_{language()}"] if row else code


def exclusion_explanation(code: str) -> str:
    """The sentence behind a reason."""
    row = _table("exclusion_reasons").get(code)
    return row[f"explanation_{language()}"] if row else ""


def basis_name(code: str) -> str:
    """What decided a line's category."""
    return codes.words(speaker(), codes.BASES, code)


def leaf_choices() -> Choices:
    """Leaf categories, grouped by main category, for a form."""
    return [(category_name(main), leaves) for main, leaves in _leaves_by_main()]


def category_choices() -> Choices:
    """Main categories and their leaves, for a filter."""
    whole = gettext("{category}: everything")
    return [
        (category_name(main), [(main, whole.format(category=category_name(main))), *leaves])
        for main, leaves in _leaves_by_main()
    ]


def _leaves_by_main() -> list[tuple[str, list[tuple[str, str]]]]:
    rows = _table("categories")
    return [
        (main, [(code, category_name(code)) for code, row in rows.items() if row["parent"] == main])
        for main in (code for code, row in rows.items() if not row["parent"])
    ]


def exclusion_choices() -> list[tuple[str, str]]:
    """Reasons to leave lines out, for a form."""
    return [(code, exclusion_name(code)) for code in _table("exclusion_reasons")]


def answer_name(category: str, exclusion_reason: str) -> str:
    """Where a rule sends lines, or why it leaves them out."""
    if exclusion_reason:
        return gettext("Left out: {reason}").format(reason=exclusion_name(exclusion_reason))
    return category_name(category)
