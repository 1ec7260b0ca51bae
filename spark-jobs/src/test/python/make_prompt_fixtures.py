"""Writes the fixtures of evaluation prompts under src/test/resources/eval/prompt.

Requests come from lm-evaluation-harness itself over invented documents; the task files are its own
configurations with Promptmill's `dataset` section added.

    python3 -m venv venv && venv/bin/pip install lm_eval==0.4.13 pyyaml
    venv/bin/python make_prompt_fixtures.py
"""

import json
from copy import deepcopy
from pathlib import Path

import yaml
from datasets import Dataset, DatasetDict
from lm_eval.api.task import ConfigurableTask

OUTPUT = Path(__file__).parent.parent / "resources" / "eval" / "prompt"

MC = [{"metric": "acc"}]
EM = [{"metric": "exact_match"}]
FEW = {"training_split": "train", "test_split": "test"}


def quiz(count: int, offset: int = 0) -> list[dict]:
    return [
        {
            "question": f" What is {i} + {i % 4}? ",
            "choices": [f"{i + k}" for k in range(4)],
            "answer": i % 4,
            "letter": "ABCD"[i % 4],
            "topic": f"sums\u3000of {i % 3}",
            "text": f"{i} + {i % 4} = {i + i % 4}",
        }
        for i in range(offset, offset + count)
    ]


def blanks(count: int) -> list[dict]:
    return [
        {
            "sentence": f"The mill stood by the river {i} because the _ turned its wheel {i}.",
            "option1": "water",
            "option2": f"wind {i}",
            "answer": "12"[i % 2],
        }
        for i in range(count)
    ]


SUITES = {
    "quiz": {"train": quiz(30, 100), "test": quiz(6)},
    "twins": {"train": quiz(4, 50), "test": quiz(4) + quiz(4) + quiz(3)},
    "blanks": {"train": blanks(25), "test": blanks(4)},
}

LETTERS = {
    "output_type": "multiple_choice",
    "doc_to_text": "{{question.strip()}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nAnswer:",
    "doc_to_choice": ["A", "B", "C", "D"],
    "doc_to_target": "answer",
    "metric_list": MC,
}
OPEN = {
    "output_type": "generate_until",
    "doc_to_text": "Question: {{question.strip()}}\nAnswer:",
    "doc_to_target": "{{text}}",
    "metric_list": EM,
}

# Suite, examples and configuration of each task.
TASKS = {
    "letters": ("quiz", 3, {**LETTERS, **FEW, "fewshot_config": {"sampler": "first_n"}, "description": "About {{topic}}.\n\n"}),
    "drawn": ("quiz", 5, {**LETTERS, **FEW, "doc_to_target": "{{['A', 'B', 'C', 'D'].index(letter)}}"}),
    "texts": ("quiz", 2, {**LETTERS, **FEW, "doc_to_choice": "{{choices}}", "doc_to_text": "question", "target_delimiter": "\n"}),
    "by_text": ("quiz", 2, {**LETTERS, **FEW, "doc_to_target": "letter", "description": "topic"}),
    "by_field": ("quiz", 2, {**LETTERS, **FEW, "doc_to_choice": "choices"}),
    "own_split": ("twins", 2, {**LETTERS, "test_split": "test", "fewshot_split": "test"}),
    "own_split_first": (
        "twins",
        3,
        {**LETTERS, "test_split": "test", "fewshot_split": "test", "fewshot_config": {"sampler": "first_n"}},
    ),
    "no_split_named": ("quiz", 4, {**LETTERS, "training_split": "train", "validation_split": "test"}),
    "contexts": (
        "blanks",
        3,
        {
            "output_type": "multiple_choice",
            "training_split": "train",
            "validation_split": "test",
            "doc_to_text": "{{ ['1', '2'].index(answer) }}",
            "doc_to_target": "{{ sentence[sentence.index('_') + 1:].strip() }}",
            "doc_to_choice": "{{ [sentence[:sentence.index('_')] + option1, sentence[:sentence.index('_')] + option2] }}",
            "metric_list": MC,
        },
    ),
    "open": ("quiz", 4, {**OPEN, **FEW, "generation_kwargs": {"until": ["Question:"], "do_sample": False, "temperature": 0}}),
    "open_defaults": ("quiz", 1, {**OPEN, **FEW, "fewshot_delimiter": "\n###\n", "description": "Answer in one line."}),
    "open_until": ("quiz", 1, {**OPEN, **FEW, "generation_kwargs": {"max_gen_toks": 7, "temperature": 0.5, "do_sample": True}, "repeats": 3}),
    "prefix": ("quiz", 2, {**OPEN, **FEW, "gen_prefix": "The sum is"}),
    "prefix_space": ("quiz", 2, {**OPEN, **FEW, "gen_prefix": " {{letter}}: "}),
    "prefix_letters": ("quiz", 2, {**LETTERS, **FEW, "gen_prefix": "Letter"}),
    "samples": (
        "quiz",
        2,
        {
            **OPEN,
            "test_split": "test",
            "doc_to_target": "{{text if text is defined else target}}",
            "fewshot_config": {
                "sampler": "first_n",
                "samples": [{"question": f"Q{i} ", "target": f"T{i}"} for i in range(3)],
            },
        },
    ),
    "samples_drawn": (
        "quiz",
        2,
        {
            **OPEN,
            "test_split": "test",
            "doc_to_target": "{{text if text is defined else target}}",
            "fewshot_config": {"samples": [{"question": f"Q{i} ", "target": f"T{i}"} for i in range(9)]},
        },
    ),
    "own_words": (
        "quiz",
        2,
        {
            **LETTERS,
            **FEW,
            "fewshot_config": {
                "doc_to_text": "Example: {{question}}",
                "doc_to_choice": "choices",
                "target_delimiter": " -> ",
                "fewshot_delimiter": "\n--\n",
            },
        },
    ),
    "empty_answers": ("quiz", 2, {**OPEN, **FEW, "fewshot_config": {"doc_to_target": "{{''}}"}}),
    "continuation": (
        "quiz",
        1,
        {
            "output_type": "loglikelihood",
            **FEW,
            "doc_to_text": "{{question}}",
            "doc_to_target": " {{text}}",
            "target_delimiter": "",
            "metric_list": [{"metric": "acc"}],
        },
    ),
    "rolling": (
        "quiz",
        0,
        {
            "output_type": "loglikelihood_rolling",
            "test_split": "test",
            "doc_to_text": "",
            "doc_to_target": "{{text}}",
            "metric_list": [{"metric": "word_perplexity"}],
        },
    ),
}

MODES = {
    "zero": {"num_fewshot": 0},
    "plain": {},
    "instructed": {"system_instruction": "Be brief."},
    "turns": {"chat": True, "multiturn": True},
    "turns_zero": {"chat": True, "multiturn": True, "num_fewshot": 0},
    "one_turn": {"chat": True, "multiturn": False, "system_instruction": "Be brief.\n"},
    "other_seed": {"seed": 42},
}


def build(name: str, mode: dict) -> list[dict]:
    suite, shots, config = deepcopy(TASKS[name])
    shots = mode.get("num_fewshot", shots)
    data = DatasetDict({split: Dataset.from_list(rows) for split, rows in SUITES[suite].items()})
    task = ConfigurableTask(
        config={**config, "task": name, "num_fewshot": shots, "custom_dataset": lambda **kwargs: data, "metadata": {}}
    )
    task.set_fewshot_seed(mode.get("seed", 1234))
    chat = mode.get("chat", False)

    def template(messages, add_generation_prompt):
        assert add_generation_prompt
        return json.dumps(messages)

    task.build_all_requests(
        system_instruction=mode.get("system_instruction"),
        apply_chat_template=chat,
        fewshot_as_multiturn=mode.get("multiturn", False),
        chat_template=template if chat else None,
    )
    rows = []
    for instance in task.instances:
        arguments = list(instance.args)
        if chat and len(arguments) == 2:
            arguments[0] = json.loads(arguments[0])
        if instance.doc_id == len(rows):
            target = task.doc_to_target(instance.doc)
            rows.append({"target": target, "gold": task.doc_to_text(instance.doc) if task.multiple_input else target, "arguments": []})
        rows[-1]["arguments"].append(arguments)
    return rows


def main() -> None:
    for suite, splits in SUITES.items():
        folder = OUTPUT / "data" / suite
        folder.mkdir(parents=True, exist_ok=True)
        for split, rows in splits.items():
            with (folder / f"{split}.jsonl").open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (OUTPUT / "tasks").mkdir(exist_ok=True)
    with (OUTPUT / "requests.jsonl").open("w", encoding="utf-8") as out:
        for name, (suite, shots, config) in TASKS.items():
            dataset = {"suite": suite, "files": {split: f"{split}.jsonl" for split in SUITES[suite]}}
            written = {"task": f"fixture_{name}", "dataset": dataset, "num_fewshot": shots, **config}
            (OUTPUT / "tasks" / f"{name}.yaml").write_text(
                yaml.safe_dump(written, sort_keys=False, allow_unicode=True), encoding="utf-8"
            )
            for label, mode in MODES.items():
                if mode.get("chat") and (config.get("gen_prefix") or name == "rolling"):
                    continue
                row = {"task": f"fixture_{name}", "mode": label, "options": mode, "items": build(name, mode)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
