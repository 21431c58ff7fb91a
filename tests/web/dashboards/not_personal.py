"""Columns that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "dashboards.Export.made_with": "versions and filters",
    "dashboards.Export.stored_as": "a file's name of our making",
    "dashboards.ShareLink.token_hash": "a hash of a random text",
}
