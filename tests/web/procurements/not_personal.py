"""Columns that could hold personal data by their type, and don't: why."""

_HUB = {
    "procurements.ChosenCriterion.link": "where a criterion comes from",
    "procurements.ChosenCriterion.source": "where a criterion comes from",
    "procurements.ChosenCriterion.text": "a criterion",
    "procurements.ChosenCriterion.verification": "how a criterion is verified",
    "procurements.Lesson.category": "a category's code",
    "procurements.Lesson.indicator": "what is measured",
    "procurements.Lesson.result": "a number with its unit",
    "procurements.Procurement.affects": "codes of whom a procurement affects, as groups",
    "procurements.Procurement.category": "a category's code",
    "procurements.Procurement.cpv": "a code of the EU's list",
    "procurements.Procurement.title": "what a procurement is called",
}

NOT_PERSONAL = {**_HUB}
