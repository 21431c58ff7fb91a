"""Columns that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "base.Job.arguments": "public ids of what is worked on",
    "base.Job.error": "an error's sentence and numbers",
    "base.Job.kind": "the name of a function",
    "base.Job.queue": "the name of a queue",
    "base.Job.step": "the name of a step",
    "base.Job.subject": "the public id of what is worked on",
    "base.Job.worker": "the name of a process",
    "base.Mail.template": "the name of a template",
    "base.Mail.topic": "the name of a topic",
    "base.MailOptOut.topic": "the name of a topic",
    "base.ScheduledWork.last_error": "an error's sentence",
    "base.ScheduledWork.name": "the name of a function",
    "base.Translation.field": "a column's name",
    "base.Translation.language": "a language",
    "base.Translation.made_from": "a hash",
    "base.Translation.object_id": "a row's number",
    "base.Translation.original_language": "a language",
    "base.WorkerBeat.name": "the name of a process",
    "base.WorkerBeat.queue": "the name of a queue",
}
