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

_CONTRACTS = {
    "procurements.AssessedEffect.baseline": "a number",
    "procurements.AssessedEffect.indicator": "what is measured",
    "procurements.AssessedEffect.target": "a number",
    "procurements.AssessedEffect.unit": "a unit",
    "procurements.Contract.category": "a category's code",
    "procurements.Contract.title": "what a contract is called",
    "procurements.EffectResult.value": "a number with its unit",
    "procurements.ImpactAssessment.legal_bases": "codes of acts",
    "procurements.TableImport.passed_over": "headings of a table",
}

NOT_PERSONAL = {**_HUB, **_CONTRACTS}
