"""The drop box under granian, on loopback behind the portal."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dropbox")
application = get_wsgi_application()
