import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogo.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as reason:
    sys.exit(str(reason))
