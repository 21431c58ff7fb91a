"""The site as a WSGI application, for any server of these; ``keino serve`` runs ``keino.web.served``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keino.web.settings")

application = get_wsgi_application()
