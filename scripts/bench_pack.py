"""How long a pack of 60 papers and 1,260 pages takes, beside the plain join of the same files, and in how much memory.

    python scripts/bench_pack.py            make the papers, measure, print both figures; 1 when a limit is missed
    python scripts/bench_pack.py --papers F keep the papers in the folder F, and use those that are there

The plain join is `qpdf --empty --pages ... --` (Debian and Ubuntu: apt install qpdf). It copies pages and drops tags;
the pack carries them, and adds contents, bookmarks, footers and markings. All run by turns, and the best of each
counts. The pack is built in a process of its own that has built a small one before, as a worker has.

The pack is built twice over: from papers that were made ready beforehand and lie in a store (see kit.pdf_join.keeping),
which is what the limit is for, and from papers as they come, where the build has to make each of them ready first.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAPERS, PAGES, ROUNDS = 60, 1260, 5
TIMES, MEBIBYTES, OWN_SECONDS = 1.5, 400, 0.3
PAPER = """
#set document(title: "Paper " + sys.inputs.number, date: none)
#set text(font: "Atkinson Hyperlegible Next", size: 10.5pt, lang: "en", region: "GB")
#set page(paper: "a4", margin: 25mm, footer: context [Page #counter(page).display()])
#set par(leading: 0.7em, spacing: 1.1em)
#set heading(numbering: "1.1")
#title()
#for section in range(1, 22) {
  if section > 1 { pagebreak() }
  heading(level: 1)[What page #section of paper #sys.inputs.number is about]
  for paragraph in range(3) { par(lorem(70 + calc.rem(section * 7 + paragraph * 11, 40))) }
  heading(level: 2)[What follows from it]
  list([#lorem(11)], [#lorem(14)], [#lorem(9)])
  if calc.rem(section, 5) == 0 {
    table(
      columns: 4,
      table.header([Unit], [Baseline], [Now], [Target]),
      ..range(6).map(row => ([Unit #row], [#(row * 3)], [#(row * 4)], [#(row * 5)])).flatten(),
    )
  } else {
    par(lorem(90))
  }
  if calc.rem(section, 3) == 0 [See #link("https://example.org/" + str(section))[the note on page #section].]
}
"""


def main() -> int:
    """Measure and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, help="a folder to keep the papers in")
    parser.add_argument("--measure", nargs=3, type=Path, metavar=("FOLDER", "TO", "STORE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stride.settings.test")
    if given.measure:
        print(json.dumps(measured(*given.measure)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.papers or Path(temporary) / "papers"
        return compared(papers(folder), Path(temporary))


def papers(folder: Path) -> list[Path]:
    """The papers, tagged, of 21 pages each."""
    import typst

    from kit import pdf

    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"paper-{number:02}.pdf" for number in range(1, PAPERS + 1)]
    if not all(path.exists() for path in made):
        print(f"Making {PAPERS} papers.", flush=True)
        for number, path in enumerate(made, 1):
            compiler = typst.Compiler(PAPER.encode(), font_paths=pdf.fonts(), sys_inputs={"number": str(number)})
            path.write_bytes(compiler.compile(format="pdf", pdf_standards=[pdf.STANDARD]))
    return made


def compared(files: list[Path], scratch: Path) -> int:
    """All by turns; 0 when every limit is kept."""
    qpdf = shutil.which("qpdf")
    plain, ready, fresh = [], [], []
    store = scratch / "store"
    built(files, scratch, store)  # makes the papers ready
    for _ in range(ROUNDS):
        if qpdf:
            plain.append(joined(qpdf, files, scratch / "plain.pdf"))
        ready.append(built(files, scratch, store))
        fresh.append(built(files, scratch, Path("-")))
    best = min(ready, key=lambda each: each["seconds"])
    memory = max(each["mebibytes"] for each in ready + fresh)
    own = min(each["own"] for each in ready + fresh)
    size = (scratch / "pack.pdf").stat().st_size / 2**20
    print(f"Pack: {best['papers']} papers, {best['pages']} of their pages, {best['all']} in all, {size:.1f} MiB")
    print(f"Memory at its most {memory:.0f} MiB (limit {MEBIBYTES})")
    print(f"Own pages of 40 items {own * 1000:.0f} ms (limit {OWN_SECONDS * 1000:.0f})")
    good = memory <= MEBIBYTES and own <= OWN_SECONDS
    if not qpdf:
        print("qpdf is not on this machine, so there is nothing to compare with. Install it (apt install qpdf).")
        return 1
    seconds, processor = (min(each) for each in zip(*plain, strict=True))
    print(f"Plain join by qpdf: {seconds:.2f} s, processor {processor:.2f} s (best of {ROUNDS})")
    times = said("Pack of papers made ready beforehand", ready, seconds, processor, f" (limit {TIMES})")
    said("Pack of papers as they come", fresh, seconds, processor, "")
    return 0 if good and times <= TIMES else 1


def said(what: str, packs: list[dict[str, float]], plain: float, plain_processor: float, limit: str) -> float:
    """One way of building in a line; how many times the plain join it takes on the clock is given."""
    seconds, processor = (min(each[key] for each in packs) for key in ("seconds", "processor"))
    times, work = seconds / plain, processor / plain_processor
    print(
        f"{what}: {seconds:.2f} s, {times:.2f} times the plain join{limit}; "
        f"processor {processor:.2f} s, {work:.2f} times its processor time"
    )
    return times


def built(files: list[Path], scratch: Path, store: Path) -> dict[str, float]:
    """One pack, built in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(files[0].parent), str(scratch / "pack.pdf"), str(store)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def joined(qpdf: str, files: list[Path], to: Path) -> tuple[float, float]:
    """Seconds on the clock and of the processor for the plain join."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run([qpdf, "--empty", "--pages", *map(str, files), "--", str(to)], check=True)  # noqa: S603
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(folder: Path, to: Path, store: Path) -> dict[str, float]:
    """One pack, built in this process, of papers in the store or, when that is `-`, as they come."""
    import django

    django.setup()
    from kit import reports
    from kit.pdf_join import Own, Pack, Paper, Section, build

    files = sorted(folder.glob("paper-*.pdf"))
    words = [reports.prose("What the board is asked to decide, and why now. " * 12)]

    def item(number: int, children: list[Section]) -> Section:
        return Section(f"Item of business {number}", str(number), Own(words), children=children)

    def pack(sections: list[Section]) -> Pack:
        return Pack("Meeting pack", "Delivery Board", "8 February 2022", sections, marking="OFFICIAL-SENSITIVE")

    build(pack([item(1, [Section("Paper", "1.1", Paper(files[0]))])]), to=to)
    began = time.perf_counter()
    build(pack([item(number, []) for number in range(1, 41)]), to=to)
    own = time.perf_counter() - began
    sections = [
        item(n, [Section(f"Paper {n}.{m}", f"{n}.{m}", Paper(files[(n - 1) * 3 + m - 1])) for m in (1, 2, 3)])
        for n in range(1, len(files) // 3 + 1)
    ]
    began, processor = time.perf_counter(), time.process_time()
    made = build(pack(sections), to=to, store=None if str(store) == "-" else store)
    return {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "own": own,
        "papers": len(files),
        "pages": sum(each.pages for each in made.placed if each.tagged is not None),
        "all": made.pages,
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    sys.exit(main())
