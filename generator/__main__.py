"""The `dateline` command, and `python -m generator`."""

import os
import sys

from generator.cli import main


def run() -> None:
    """Run the command, and end the process."""
    try:
        main()
    except SystemExit as end:
        if "multiprocessing" in sys.modules or not isinstance(end.code, int):
            raise  # what several processes share is cleared up in the usual way
        _leave(end.code)


def _leave(code: int) -> None:
    """End at once: to take the memory of an archive apart piece by piece takes longer than a small build."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # whoever listened has gone
        code = code or 1
    os._exit(code)


if __name__ == "__main__":
    run()
