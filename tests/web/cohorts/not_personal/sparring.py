"""Columns of sparring and alumni that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "cohorts.LeftUndone.what": "an organisation's name and a kind of deliverable",
}
