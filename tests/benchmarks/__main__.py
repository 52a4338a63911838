"""`python -m tests.benchmarks [PART ...]`: what the bot can do, measured, and written to `docs/benchmarks.md`.

Nothing here passes or fails: machines differ, and ratios within one run say more than figures. Smaller and quicker:
`--rounds`, `--people`, `--dry` (prints, and leaves the page as it is).
"""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import broadcast, engine, large, report, rush

PARTS = {"engine": engine, "rush": rush, "broadcast": broadcast, "large": large}


def main():
    asked = _asked()
    for part in asked.parts or PARTS:
        with TemporaryDirectory() as folder:
            lines = asyncio.run(PARTS[part].measured(Path(folder), asked, _say))
        lines = [*lines, "", report.circumstances()]
        _say("\n".join(lines))
        if not asked.dry:
            report.write(part, lines)


def _asked():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    parser.add_argument(
        "--rounds", type=int, default=5, help="of the engine: all contenders take turns in each"
    )
    parser.add_argument("--people", type=int, default=300, help="who write at once to the engine")
    parser.add_argument("--joining", type=int, default=300, help="who join within a minute")
    parser.add_argument("--readers", type=int, default=10_000, help="of the broadcast")
    parser.add_argument("--pledges", type=int, default=10_000, help="in the large database")
    parser.add_argument("--dry", action="store_true", help="print, and leave the page as it is")
    return parser.parse_args()


def _say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
