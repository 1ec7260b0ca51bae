"""Writes src/test/resources/eval/document: files as datasets and pyarrow write them, and what they hold.

    pip install -r requirements.txt
    python make_document_fixtures.py ../resources/eval/document
"""

import csv
import io
import json
import random
import shutil
import sys
from pathlib import Path

import datasets
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = [
    {
        "question": "Which number comes after two?",
        "choices": {"text": ["three", "four"], "label": ["A", "B"]},
        "answer": "right",
        "score": 0.5,
        "shown": True,
        "note": None,
    },
    {
        "question": "  空白と\u3000改行\n",
        "choices": {"text": [], "label": []},
        "answer": "wrong",
        "score": -1.25,
        "shown": False,
        "note": "",
    },
    {
        "question": "",
        "choices": {"text": ["", "𠀀"], "label": ["1", "2"]},
        "answer": None,
        "score": None,
        "shown": None,
        "note": "N/A",
    },
]
FEATURES = datasets.Features(
    {
        "question": datasets.Value("string"),
        "choices": {
            "text": datasets.List(datasets.Value("string")),
            "label": datasets.List(datasets.Value("string")),
        },
        "answer": datasets.ClassLabel(names=["wrong", "right"]),
        "score": datasets.Value("float32"),
        "shown": datasets.Value("bool"),
        "note": datasets.Value("large_string"),
    }
)


def hub_export(folder: Path) -> None:
    data = datasets.Dataset.from_list(ROWS, features=FEATURES)
    data.to_parquet(folder / "choices.parquet")
    saved = folder / "saved"
    datasets.DatasetDict({"test": data}).save_to_disk(str(saved), num_shards={"test": 2})
    for extra in saved.rglob("*.json"):
        extra.unlink()
    write_json(folder / "choices.json", list(data))


def arrow_types() -> pa.Table:
    return pa.table(
        {
            "word": pa.array(["b", None, "a", "b"]).dictionary_encode(),
            "small": pa.array([0, 200, None, 255], pa.uint8()),
            "negative": pa.array([-1, -(2**62), 0, 1], pa.int64()),
            "pair": pa.array([[1, 2], [3, 4], None, [5, None]], pa.list_(pa.int16(), 2)),
            "long": pa.array([["x"], [], None, ["y", None]], pa.large_list(pa.string())),
            "records": pa.array([[{"a": 1}], [], None, [{"a": None}, None]]),
            "nothing": pa.nulls(4),
        }
    )


def other_writers(folder: Path) -> None:
    table = arrow_types()
    with pa.ipc.new_file(folder / "types-file.arrow", table.schema) as out:
        out.write_table(table, max_chunksize=3)
    with pa.ipc.new_stream(folder / "types-stream.arrow", table.schema) as out:
        out.write_table(table, max_chunksize=3)
    plain = table.drop_columns(["pair"])
    pq.write_table(plain, folder / "types.parquet", compression="zstd")
    pq.write_table(
        plain, folder / "types-old-lists.parquet", use_compliant_nested_type=False, compression="none"
    )
    write_json(folder / "types.json", table.to_pylist())
    dated = pa.table({"day": pa.array([0], pa.date32())})
    pq.write_table(dated, folder / "dates.parquet")
    with pa.ipc.new_stream(folder / "dates.arrow", dated.schema) as out:
        out.write_table(dated)


def csv_cases(folder: Path) -> None:
    """What csv.reader makes of well-formed and of malformed text."""
    random.seed(20261124)
    pieces = ['"', '"', ",", ",", "\n", "\r\n", "\r", "a", " ", "#", "\\", "N/A", "国", "\t", "0.50"]
    with open(folder / "csv-cases.jsonl", "w", encoding="ascii") as out:
        for _ in range(400):
            text = "".join(random.choice(pieces) for _ in range(random.randint(1, 14)))
            rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
            out.write(json.dumps({"text": text, "rows": rows}) + "\n")


def write_json(path: Path, rows: list) -> None:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1])
    shutil.rmtree(folder / "saved", ignore_errors=True)
    hub_export(folder)
    other_writers(folder)
    csv_cases(folder)


if __name__ == "__main__":
    main()
