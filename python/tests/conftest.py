"""Where the example lies, and the command line that the package is held against."""

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def example():
    return str(ROOT / "examples" / "doha-2021")


@pytest.fixture
def command():
    """Runs the command line and gives the lines that it prints."""
    tool = os.environ.get("RAPPORTEUR")
    start = [tool] if tool else [sys.executable, "-m", "rapporteur"]

    def run(*arguments):
        return subprocess.run([*start, *arguments], capture_output=True, text=True).stdout.splitlines()

    return run
