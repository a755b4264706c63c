"""The settings of the application, with addresses that fail."""

from __future__ import annotations

from meldroute.web.settings import *  # noqa: F403

ROOT_URLCONF = "web.failing_urls"
