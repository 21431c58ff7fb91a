"""Columns that hold a text in each language."""

from modeltranslation.translator import TranslationOptions, register

from keino.web.followup.models import CouncilReport


@register(CouncilReport)
class CouncilReportTexts(TranslationOptions):
    """Summary and next steps: one column per language, none of them stands in for another."""

    fields = ("summary", "next_steps")
    required_languages = ()
