"""The README's lines and the notebook run as they stand."""

import re

import nbformat
from conftest import ROOT
from nbclient import NotebookClient


def test_the_lines_of_the_readme(tmp_path, monkeypatch):
    text = (ROOT / "python" / "README.md").read_text()
    code = re.search(r"```python\n(.*?)```", text, re.S)[1]
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    exec(code, {})


def test_the_notebook(tmp_path, monkeypatch):
    notebook = nbformat.read(ROOT / "python" / "notebook.ipynb", as_version=4)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
