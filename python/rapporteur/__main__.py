"""The command line, as `rapporteur` or `python -m rapporteur`."""

import signal
import sys

from . import _rapporteur


def main() -> int:
    """Runs the command line and gives its exit status."""
    # The program does not look after Python's interrupts: Ctrl-C ends it, as it does the binary.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _rapporteur.run(["rapporteur", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
