"""Columns of applications that hold no personal data."""

NOT_PERSONAL = {
    "programmes.ApplicationMember.role": "code of a role in a team",
    "programmes.CommitmentRequest.language": "a language's code",
    "programmes.CommitmentRequest.stood_behind": "digests of texts, and of the team by number",
    "programmes.CommitmentRequest.token_hash": "hash of a random secret that works once",
    "programmes.Discussion.place": "a room or the address of an online meeting",
    "programmes.DiscussionRule.place": "a room or the address of an online meeting",
}
