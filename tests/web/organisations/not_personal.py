"""Columns that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "organisations.Invitation.regions": "region codes",
    "organisations.Invitation.token_hash": "a hash of a random text",
    "organisations.Organisation.about": "what an organisation says of itself",
    "organisations.Organisation.business_id": "an organisation's public number",
    "organisations.Organisation.county_code": "a public code",
    "organisations.Organisation.homepage": "an organisation's web site",
    "organisations.Organisation.municipality_code": "a public code",
    "organisations.Organisation.name": "an organisation's name",
    "organisations.Organisation.region_code": "a public code",
    "organisations.Organisation.short_name": "an organisation's name",
    "organisations.Organisation.slug": "an organisation's address on the site",
    "organisations.Role.given_for": "the key of a participation",
    "organisations.Role.regions": "region codes",
}
