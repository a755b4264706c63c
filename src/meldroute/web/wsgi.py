"""What gunicorn serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from .quiet import install

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldroute.web.settings")
install()
application = get_wsgi_application()
