"""Every notebook is kept without outputs, and runs from top to bottom."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from bertrand_notebook import program

HERE = Path(__file__).resolve().parent
NOTEBOOKS = sorted(HERE.glob("*.ipynb"))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The folder in BERTRAND_RESULTS, else results/city-gym, else a short run of that scenario."""
    named = os.environ.get("BERTRAND_RESULTS")
    folder = Path(named) if named else HERE.parent / "results" / "city-gym"
    if named or (folder / "summary.csv").exists():
        return folder.resolve()
    folder = tmp_path_factory.mktemp("city-gym")
    program.write_results("run", HERE.parent / "scenarios" / "city-gym.yaml", folder, "--replications", program.replications(20))
    return folder


def test_there_are_notebooks():
    assert {path.stem for path in NOTEBOOKS} >= {"compare-strategies", "sensitivity", "demand-curves", "learning", "what-if"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_outputs(path):
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs, f"{path.name} has outputs: choose Edit > Clear Outputs of All Cells, and save"
            assert cell.execution_count is None, f"{path.name} has counts of execution: clear its outputs, and save"
            assert len(cell.source.splitlines()) <= 12, "long code belongs in bertrand_notebook"
        assert not cell.metadata, f"{path.name}: a cell keeps what the editor noted about it"
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert text == nbformat.writes(notebook).rstrip("\n") + "\n", f"{path.name} is not written as Jupyter writes it"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path, results, monkeypatch):
    monkeypatch.setenv("BERTRAND_RESULTS", str(results))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.get("name") == "stderr"], "warnings in the notebook"
    kept = os.environ.get("BERTRAND_NOTEBOOKS")  # a folder, to look at what was drawn
    if kept:
        nbformat.write(notebook, Path(kept) / path.name)
    shown = [output.data for output in outputs if output.output_type == "display_data" or output.output_type == "execute_result"]
    pictures = [data for data in shown if "image/png" in data or "application/vnd.jupyter.widget-view+json" in data]
    assert pictures, f"{path.name} draws nothing"
    for data in shown:  # each chart once
        assert not ("image/png" in data and shown.count(data) > 1)
