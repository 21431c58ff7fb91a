"""Columns that hold a text in each language."""

from modeltranslation.translator import TranslationOptions, register

from keino.web.organisations.models import Organisation


@register(Organisation)
class OrganisationTexts(TranslationOptions):
    """Name, short name and description: one column per language, none of them stands in for another."""

    fields = ("name", "short_name", "about")
    required_languages = ()
