import os
import sys

from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured

from dialogo.start import refuse_faulty_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogo.settings")
try:
    application = get_asgi_application()
    refuse_faulty_settings()
except ImproperlyConfigured as reason:
    sys.exit(str(reason))
