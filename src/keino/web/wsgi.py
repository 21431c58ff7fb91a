"""The site as a WSGI application; ``keino serve`` runs it."""

import ctypes
import os
import signal
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keino.web.settings")
if os.environ.get("KEINO_SERVED") and sys.platform.startswith("linux"):
    # A web process whose server was killed must not go on holding the port (1 = PR_SET_PDEATHSIG).
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
application = get_wsgi_application()
