"""The model-range plot: the estimate of every good model against how well it fits."""

from __future__ import annotations

import math

from meldroute.domain.estimation import DEFAULT, Assessment, ModelPoint
from meldroute.domain.term import gettext_noop

from . import svg
from .estimate_words import DUTCH, METHOD, Language

TITLE = gettext_noop("Hoe ver modellen uiteenlopen")
READING = gettext_noop(
    "%(models)s modellen die bijna even goed passen, met hun schatting van het totaal, en de grenzen van %(methods)s "
    "methoden. De as is logaritmisch. De tabel eronder geeft dezelfde getallen."
)
MODELS, BEST, SEEN = gettext_noop("modellen"), gettext_noop("(beste boven)"), gettext_noop("gezien")

WIDTH, TOP, ROW, LEFT, RIGHT, DOTS = 720.0, 20.0, 28.0, 190.0, 30.0, 160.0


def close_models(found: Assessment, distance: float = DEFAULT.bic_distance) -> list[ModelPoint]:
    """The models at most `distance` BIC from the best; the data behind the picture."""
    if not found.models:
        return []
    best = found.models[0].bic
    return [point for point in found.models if point.bic <= best + distance]


def model_range(found: Assessment, seen: int | None, language: Language = DUTCH) -> str:
    """Intervals of the methods above; below, one dot per model, best fit on top."""
    points = close_models(found)
    values = [p.n for p in points] + [v for e in found.estimates for v in (e.lo, e.hi, e.n)]
    least = seen or 1
    scale = _Scale(min([*values, least]), max([*values, least + 1]))
    top = TOP + ROW * len(found.estimates) + 20
    parts = _intervals(found, scale, language) + _models(points, scale, top, language)
    bottom = top + DOTS
    parts += _axis(seen, scale, bottom, language)
    description = language.say(READING) % {"models": len(points), "methods": len(found.estimates)}
    return svg.picture("models", language.say(TITLE), description, WIDTH, bottom + 40, parts)


class _Scale:
    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = math.log(max(low, 1.0)) - 0.05, math.log(max(high, 2.0)) + 0.05

    def __call__(self, value: float) -> float:
        share = (math.log(max(value, 1.0)) - self.low) / (self.high - self.low)
        return LEFT + (WIDTH - LEFT - RIGHT) * share


def _intervals(found: Assessment, scale: _Scale, language: Language) -> list[str]:
    parts = []
    for place, e in enumerate(found.estimates):
        y = TOP + ROW * place + ROW / 2
        parts.append(svg.label(10, y + 4, language.say(METHOD[e.method])))
        parts.append(svg.line(scale(e.lo), y, scale(e.hi), y, 3, svg.ACCENT))
        parts.append(svg.dot(scale(e.n), y, 5, svg.INK))
    return parts


def _models(points: list[ModelPoint], scale: _Scale, top: float, language: Language) -> list[str]:
    if not points:
        return []
    best = points[0].bic
    parts = [svg.label(10, top + 12, language.say(MODELS)), svg.label(10, top + 28, language.say(BEST))]
    for p in points:
        y = top + 10 + (DOTS - 30) * (p.bic - best) / DEFAULT.bic_distance
        parts.append(svg.dot(scale(p.n), y, 4, svg.ACCENT))
    return parts


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between; more of them on a short axis."""
    for steps in ((1, 2, 5), (1, 1.5, 2, 3, 5, 7)):
        ticks = [m * 10.0**k for k in range(0, 13) for m in steps if low <= m * 10.0**k <= high]
        if len(ticks) > 2:
            break
    return ticks


def _axis(seen: int | None, scale: _Scale, y: float, language: Language) -> list[str]:
    low, high = math.exp(scale.low), math.exp(scale.high)
    parts = [svg.line(LEFT, y, WIDTH - RIGHT, y)]
    for tick in _ticks(low, high):
        x = scale(tick)
        parts += [svg.line(x, y, x, y + 5), svg.label(x, y + 18, language.rounded(tick), "middle")]
    if seen is None:
        return parts
    x = scale(seen)
    return [*parts, svg.line(x, TOP, x, y, 1, svg.FAINT), svg.label(x, TOP - 6, language.say(SEEN), "middle")]
