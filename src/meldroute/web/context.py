"""What every page shows around its content: practice banner, municipality, navigation, language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of base.html."""
    return {"practice": settings.MELDROUTE_PRACTICE, "theme_css": settings.MELDROUTE_THEME_CSS}
