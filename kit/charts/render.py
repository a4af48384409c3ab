"""From a spec to a picture. The same spec gives the same bytes, on a page and in a pack."""

import base64
import functools
import hashlib
import json
from importlib import metadata
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings
from django.core.cache import cache

DRAWING = 1  # goes up when the same spec is to look different, so that no cache keeps the old picture
VEGA_LITE = "6.4"
KEPT_FOR = 7 * 24 * 60 * 60
LATIN = frozenset(range(0x100)) | frozenset(range(0x2000, 0x2070)) | {0x131, 0x152, 0x153, 0x20AC, 0x2122, 0x2212}


def digest(spec: dict[str, Any]) -> str:
    """What the picture is known by: the spec, the drawing engine and our own version of drawing."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{_version()}:{text}".encode()).hexdigest()


def svg(spec: dict[str, Any]) -> bytes:
    """The picture as SVG with its typeface inside, from the cache when it was drawn before."""
    key = f"chart:{digest(spec)}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = draw(spec)
        cache.set(key, drawn, KEPT_FOR)
    return drawn


def draw(spec: dict[str, Any]) -> bytes:
    """Draws without looking into the cache. The engine may fetch nothing."""
    _register_fonts()
    text = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    head, close, rest = text.partition(">")
    return f"{head}{close}{_style(rest)}{rest}".encode()


def _style(body: str) -> str:
    """The faces that the picture needs. A picture on a page cannot reach the page's own fonts, nor a reader's."""
    if "<text" not in body:
        return ""
    weights = ["400"] + (["600"] if 'font-weight="600"' in body else [])
    scripts = ["latin"] + ([] if LATIN.issuperset(map(ord, body)) else ["latin-ext"])
    faces = [_face(script, weight) for weight in weights for script in scripts]
    return f"<style>{''.join(faces)}text{{font-variant-numeric:tabular-nums}}</style>" if any(faces) else ""


@functools.cache
def _face(script: str, weight: str) -> str:
    path = _built() / "stride" / "fonts" / f"atkinson-hyperlegible-next-{script}-{weight}-normal.woff2"
    if not path.is_file():
        return ""
    ranges = "" if script == "latin" else "unicode-range:U+100-130,U+132-151,U+154-2BA,U+1E00-1EFF,U+2113;"
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-weight:{weight};{ranges}'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )


@functools.cache
def _register_fonts() -> None:
    """Once a process: the engine measures words in the typeface that they will be read in."""
    folder = _built() / "fonts-ttf"
    if folder.is_dir():
        vl_convert.register_font_directory(str(folder))


def _built() -> Path:
    return Path(settings.BASE_DIR) / ".assets" / "built"


@functools.cache
def _version() -> str:
    return f"{DRAWING}.{VEGA_LITE}.{metadata.version('vl-convert-python')}"
