"""Check generated files one by one, and do what follows: `python -m tests.etl.generated.child SEED COUNT`.

Says as JSON what came of them. A file that takes more of the processor's time than the limit ends the process, and so
does one that is waited for longer than `PATIENCE`, whatever holds it up.
"""

from __future__ import annotations

import faulthandler
import json
import signal
import sys
from collections import Counter
from random import Random

from etl.catalogue import Knowledge, load_catalogue
from etl.jobs.checking import check
from etl.jobs.mappings import guessed, preview
from etl.jobs.marked_workbook import marked
from tests.conftest import ROOT
from tests.etl.generated.spreadsheets import any_file
from tests.memory import highest

#: Seconds of the processor's time that a file may take: neighbours on the machine don't count.
LIMIT_SECONDS = 5.0

#: Seconds by the clock after which it hangs.
PATIENCE = 60.0


def main(seed: int, count: int) -> None:
    """Check `count` files and print what came of them."""
    faulthandler.enable()  # a crash in native code says where
    # Says where, and then ends the process, even in the middle of native code.
    faulthandler.register(signal.SIGPROF, chain=True)
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    came_of: Counter[str] = Counter()
    failures = []
    for number in range(count):
        content = any_file(Random(f"{seed}-{number}"))
        # Its own time-out can't be held up by native code, as a signal handler's can.
        print(number, file=sys.stderr, flush=True)
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
        try:
            came_of.update([_told(content, knowledge)])
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of a native library isn't an Exception
            failures.append([number, repr(error)[:300]])
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.cancel_dump_traceback_later()
    print(json.dumps({"came_of": came_of, "failures": failures, "peak": highest()}))


def _told(content: bytes, knowledge: Knowledge) -> str:
    """What is wrong with a file; with what follows then: the marked workbook, or the guess at its columns."""
    checked = check(content, knowledge)
    if checked.ok:
        return "ok"
    if checked.shape is not None:
        marked(content, "fil", checked.report)
    elif checked.workbook is not None:
        mapping = guessed(checked.workbook, knowledge.catalogue, name="fil")
        if mapping is not None:
            preview(checked.workbook, mapping, knowledge.catalogue)
    return checked.report.errors["code"][0]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
