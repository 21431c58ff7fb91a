"""Addresses of ``operations``."""

from django.urls import URLPattern, URLResolver, path

from keino.web.operations.views import desk, machines, mail_choices

app_name = "operations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", machines.health, name="health"),
    path("health/ready", machines.ready, name="ready"),
    path("metrics", machines.metrics, name="metrics"),
    path("jobs/<uuid:public_id>/", machines.job, name="job"),
    path("mail/", mail_choices.mail_settings, name="mail_settings"),
    path("mail/stop/<str:token>/", mail_choices.stop_mail, name="stop_mail"),
    path("desk/operations/", desk.overview, name="overview"),
    path("desk/operations/jobs/", desk.jobs, name="jobs"),
    path("desk/operations/jobs/<uuid:public_id>/", desk.job, name="desk_job"),
    path("desk/operations/jobs/<uuid:public_id>/retry/", desk.retry_job, name="retry_job"),
    path("desk/operations/mail/", desk.mails, name="mails"),
    path("desk/operations/mail/<uuid:public_id>/", desk.mail, name="desk_mail"),
    path("desk/operations/mail/<uuid:public_id>/resend/", desk.resend_mail, name="resend_mail"),
    path("desk/operations/timetable/", desk.timetable, name="timetable"),
]
