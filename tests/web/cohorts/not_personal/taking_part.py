"""Columns of participations that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "cohorts.Assignment.title": "what the centre asks of all",
    "cohorts.Assignment.instructions": "what the centre asks of all",
    "cohorts.WantedDeliverable.note": "what the centre asks of all",
    "cohorts.WorkFile.stored_as": "a random name in the store",
    "cohorts.Submission.reference": "the number and state of a document's version",
    "cohorts.Presentation.group": "the name of a body",
    "cohorts.SharedMaterial.title": "what a material is called",
}
