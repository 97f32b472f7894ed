"""`python -m tests.real`: try everything on real data, in a few processes. Exit 1 when something is wrong."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.real.part import try_part
from tests.real.table import drawn

PARTS = ("plans", "words", "registers", "uploads")  # those that take longest first
HOUSE = Path(__file__).resolve().parents[2]


def main() -> int:
    data = Path(os.environ.get("BUURTKAS_REAL_DATA") or HOUSE.parent / "shared" / "data")
    if not data.is_dir():
        sys.stdout.write(f"There is no real data at {data}: nothing was tried. Set BUURTKAS_REAL_DATA to its folder.\n")
        return 0
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        outcomes = [each for part in processes.map(try_part, PARTS, [data] * len(PARTS)) for each in part]
    sys.stdout.write(drawn(outcomes) + "\n")
    return 0 if all(each.is_right for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
