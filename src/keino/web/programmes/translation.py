"""Columns that hold a text in each language."""

from modeltranslation.translator import TranslationOptions, register

from keino.web.programmes.models import Criterion, Edition, EditionDate, EligibilityRule, TeamRoleWanted


@register(Edition)
class EditionTexts(TranslationOptions):
    """What the call says: one column per language, none of them stands in for another."""

    fields = (
        "name", "summary", "for_whom", "benefits", "requirements", "how_to_apply", "announced_duration",
    )  # fmt: skip
    required_languages = ()


@register(EditionDate)
class EditionDateTexts(TranslationOptions):
    """What a date is called, and how the call puts it in words."""

    fields = ("name", "said")
    required_languages = ()


@register(Criterion)
class CriterionTexts(TranslationOptions):
    """Name and guidance."""

    fields = ("name", "guidance")
    required_languages = ()


@register(EligibilityRule)
class EligibilityRuleTexts(TranslationOptions):
    """The statement and why not."""

    fields = ("question", "why_not")
    required_languages = ()


@register(TeamRoleWanted)
class TeamRoleWantedTexts(TranslationOptions):
    """What the role is called."""

    fields = ("name",)
    required_languages = ()
