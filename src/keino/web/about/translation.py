"""Columns that hold a text in each language."""

from modeltranslation.translator import TranslationOptions, register

from keino.web.about.models import Assessment


@register(Assessment)
class AssessmentTexts(TranslationOptions):
    """Reason and alternative: one column per language, none of them stands in for another."""

    fields = ("reason", "alternative")
    required_languages = ()
