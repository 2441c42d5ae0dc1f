import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from dialogo.start import refuse_faulty_settings

_APP_LOAD_ERROR = 4
"""With this exit code gunicorn stops, instead of starting one worker after another."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogo.settings")
try:
    application = get_wsgi_application()
    refuse_faulty_settings()
except ImproperlyConfigured as reason:
    sys.stderr.write(f"{reason}\n")
    sys.exit(_APP_LOAD_ERROR)
