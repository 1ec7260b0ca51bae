"""Writes data/: what training never sees, as sample inputs and as evaluation files in the original formats."""

import csv
import json
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
from tasks import chat, edits, extraction, multiple_choice, passages, reviews, summaries, topics, translation, word_problems
from tasks.documents import held_out_items
from tasks.item import Item, Task, draws
from tasks.multiple_choice import Choice
from tasks.world import FIELDS

SEED = "held-out files"
# Questions of a subject in each split; MMLU is scored on test, C-Eval on val (its test has no answers).
MMLU_SPLITS = {"dev": 5, "val": 8, "test": 35}
CEVAL_SPLITS = {"dev": 5, "val": 35, "test": 8}
DATA = Path(__file__).parent / "data"


def write_csv(path: Path, rows: list[list], header: list[str] | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(([header] if header else []) + rows)


def write_jsonl(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def items(task: Task, count: int) -> list[Item]:
    return held_out_items(task, Random(f"{SEED} {task.name}"), count)


def labelled(task: Task, count: int, column: str, label: str) -> tuple[list[list], list[str]]:
    rows = [[number, i.language, i.fields[column], i.answer] for number, i in enumerate(items(task, count))]
    return rows, ["id", "language", column, label]


def translations(path: Path, count: int) -> None:
    pairs = [i.fields for i in items(translation.TASK, count)]
    table = pa.table({"id": list(range(count)), "en": [p["en"] for p in pairs], "zh": [p["zh"] for p in pairs]})
    pq.write_table(table, path, compression="none")


def prompts(count: int) -> list[dict]:
    """A few prompts of each task, in the plain form, with what is expected."""
    tasks = (
        reviews.TASK, topics.TASK, extraction.TASK, translation.TASK, summaries.TASK, passages.TASK, edits.GRAMMAR,
        edits.MASKING, edits.REWRITING, word_problems.TASK, chat.TASK,
    )  # fmt: skip
    rng, rows = Random(SEED), []
    for task in tasks:
        chosen = items(task, 1) if task is chat.TASK else items(task, count)
        rows += [{"task": task.name, "prompt": task.prompt(i, rng), "expected": i.answer} for i in chosen]
    return [{"id": number} | row for number, row in enumerate(rows)]


def extractions(count: int) -> list[dict]:
    rows = []
    for number, item in enumerate(items(extraction.TASK, count)):
        rows.append({"id": number, "language": item.language} | item.fields | {"entities": item.answer})
    return rows


def split(questions: list[Choice], sizes: dict[str, int]) -> dict[str, list[Choice]]:
    rest = iter(questions)
    return {name: [next(rest) for _ in range(size)] for name, size in sizes.items()}


def mmlu(root: Path) -> None:
    for field in FIELDS:
        questions = multiple_choice.suite(field, "en", Random(f"{SEED} {field.en}"))
        for name, part in split(questions, MMLU_SPLITS).items():
            rows = [[q.question, *q.options, q.letter] for q in part]
            write_csv(root / name / f"{field.en.replace(' ', '_')}_{name}.csv", rows)


def ceval(root: Path) -> None:
    """As published: dev has explanations (here empty), test no answers."""
    columns = ["id", "question", "A", "B", "C", "D", "answer", "explanation"]
    width = {"dev": 8, "val": 7, "test": 6}
    for field in FIELDS:
        questions = multiple_choice.suite(field, "zh", Random(f"{SEED} {field.zh}"))
        for name, part in split(questions, CEVAL_SPLITS).items():
            rows = [[number, q.question, *q.options, q.letter, ""][: width[name]] for number, q in enumerate(part)]
            write_csv(root / name / f"{field.en.replace(' ', '_')}_{name}.csv", rows, columns[: width[name]])


def gsm8k(root: Path, train: int, test: int) -> None:
    rng = Random(f"{SEED} shots")
    trained = draws(word_problems.TASK, rng, held_out=False)
    shots = [next(trained) for _ in range(train)]
    for name, chosen in (("train", shots), ("test", items(word_problems.TASK, test))):
        write_jsonl(root / f"{name}.jsonl", [{"question": i.fields["question"], "answer": i.answer} for i in chosen])


def main() -> None:
    write_csv(DATA / "reviews.csv", *labelled(reviews.TASK, 200, "review", "sentiment"))
    write_csv(DATA / "topics.csv", *labelled(topics.TASK, 200, "text", "topic"))
    write_jsonl(DATA / "extraction.jsonl", extractions(100))
    translations(DATA / "sentences.parquet", 200)
    write_jsonl(DATA / "prompts.jsonl", prompts(12))
    mmlu(DATA / "eval" / "mmlu")
    ceval(DATA / "eval" / "ceval")
    gsm8k(DATA / "eval" / "gsm8k" / "grade_school_math" / "data", 200, 100)


if __name__ == "__main__":
    main()
