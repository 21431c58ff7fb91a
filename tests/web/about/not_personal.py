"""Columns that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "about.Assessment.alternative": "what to do instead of a page's hindrance",
    "about.Assessment.number": "a criterion's number",
    "about.Assessment.reason": "why a criterion isn't met",
    "about.Feedback.page": "the address of a page, without its query",
    "about.PageViews.language": "a language of the site",
    "about.PageViews.page": "the name of a page, counted for all readers together",
}
