"""SVG pictures as text: escaped, with a title and a description for people who cannot see them."""

from __future__ import annotations

from html import escape

INK = "#17212b"
ACCENT = "#0b5c78"
FAINT = "#b4bfca"


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def picture(name: str, title: str, description: str, width: float, height: float, parts: list[str]) -> str:
    """A whole picture; `name` makes its ids unique on a page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="Noto Sans, Segoe UI, sans-serif" font-size="12">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def label(x: float, y: float, words: str, anchor: str = "start", fill: str = INK) -> str:
    return f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'


def box(x: float, y: float, width: float, height: float, fill: str = ACCENT) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(width, 0.5))}" '
        f'height="{number(height)}" fill="{fill}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, width: float = 1, stroke: str = INK) -> str:
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        f'stroke="{stroke}" stroke-width="{number(width)}"/>'
    )


def dot(x: float, y: float, radius: float, fill: str = ACCENT) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"/>'
