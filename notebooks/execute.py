"""Runs the notebooks and compares what they print with what is stored.

python notebooks/execute.py [--write] [NAME.ipynb ...]

Exits with 1 where a cell fails or a text output is another than the stored one. Cells with the tag
"varies" print what depends on machine or time: of them only the kinds of output are compared, as of
images everywhere. With --write the new outputs are stored.
"""

import argparse
import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).resolve().parent


def execute(path: Path) -> nbformat.NotebookNode:
    """Give the notebook with new outputs; what the JVM says on the console stays out of them.

    Raises:
        CellExecutionError: if a cell fails; it shows the cell and its traceback.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--IPKernelApp.capture_fd_output=False"],
    )
    client.execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def lines(cell: nbformat.NotebookNode) -> Iterator[str]:
    """Give what of a cell's outputs must be the same in every run."""
    varies = "varies" in cell.metadata.get("tags", [])
    for output in cell.outputs:
        if output.output_type == "stream":
            yield f"[{output.name}]"
            if not varies:
                yield from output.text.splitlines()
            continue
        for kind, value in sorted(output.data.items()):
            yield f"[{kind}]"
            if kind.startswith("text/") and not varies:
                yield from value.splitlines()


def difference(stored: nbformat.NotebookNode, new: nbformat.NotebookNode) -> list[str]:
    """Give the lines in which the outputs of cells differ, with each cell's number."""
    found: list[str] = []
    for number, (old_cell, new_cell) in enumerate(zip(stored.cells, new.cells, strict=True), 1):
        if old_cell.cell_type == "code":
            change = difflib.unified_diff(
                [*lines(old_cell)], [*lines(new_cell)], "stored", "new", n=1, lineterm=""
            )
            found += [f"cell {number}: {line}" for line in change]
    return found


def main() -> int:
    """Run the notebooks that were asked for, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="store the new outputs")
    parser.add_argument("names", nargs="*", metavar="NAME.ipynb")
    arguments = parser.parse_args()
    paths = [FOLDER / name for name in arguments.names] or sorted(FOLDER.glob("*.ipynb"))
    failed = False
    for path in paths:
        try:
            new = execute(path)
        except CellExecutionError as e:
            print(f"{path.name}: a cell failed\n{e}")
            failed = True
            continue
        changes = difference(nbformat.read(path, as_version=4), new)
        if arguments.write:
            nbformat.write(new, path)
        elif changes:
            failed = True
            print(f"{path.name}: prints something else than stored", *changes, sep="\n")
        print(f"{path.name}: {len(new.cells)} cells ran, {len(changes)} lines differ", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
