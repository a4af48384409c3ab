"""What the colours and lines stand for, under the picture."""

from django.utils.html import escape

from kit.charts.labels import clean, width

from .styles import Styles

SIZE, ROW = 14, 26
SAMPLE, AFTER_SAMPLE, APART = 44, 8, 28
SWATCH = 12


def legend(styles: Styles, room: float) -> tuple[str, float, float]:
    """The drawing, and how wide and how high it is, in pixels. Entries flow into as many rows as they need."""
    groups = [
        [(_swatch(styles.band(kind)), SWATCH, kind) for kind in styles.boxes],
        [(_sample(styles, kind), SAMPLE, kind) for kind in styles.lines],
    ]
    out: list[str] = []
    widest = y = 0.0
    for group in groups:
        x = 0.0
        for sample, taken, kind in group:
            whole = taken + AFTER_SAMPLE + width(clean(kind), SIZE)
            if x and x + whole > room:
                x, y = 0.0, y + ROW
            out.append(
                f'<g transform="translate({x:.0f} {y:.0f})">{sample}'
                f'<text x="{taken + AFTER_SAMPLE}" y="17" font-size="{SIZE}">{escape(_said(kind))}</text></g>'
            )
            widest = max(widest, x + whole)
            x += whole + APART
        y += ROW if group else 0
    return "".join(out), widest, y


def _said(kind: str) -> str:
    text = clean(kind)
    return f"{text[:1].upper()}{text[1:]}"


def _swatch(colour: str) -> str:
    return f'<rect y="4" width="{SWATCH}" height="16" fill="{colour}"/>'


def _sample(styles: Styles, kind: str) -> str:
    colour = styles.colour(kind)
    return (
        f'<path d="M0 12H{SAMPLE - 8}" fill="none" {styles.line(kind)}/>'
        f'<path d="M{SAMPLE} 12L{SAMPLE - 9} 7.5L{SAMPLE - 9} 16.5Z" fill="{colour}"/>'
    )
