"""Writes runs of lm-evaluation-harness itself over invented documents: no model, no network.

python make_report_runs.py OUTPUT SEED
"""
import hashlib
import json
import os
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"

from lm_eval import simple_evaluate
from lm_eval.api.model import LM
from lm_eval.loggers import EvaluationTracker
from lm_eval.tasks import TaskManager

RIVERS = [
    ("Alda", 310), ("Brin", 95), ("Corve", 720), ("Dellen", 41), ("Esk", 188), ("Fonn", 512), ("Garra", 64), ("Hule", 233),
]


class Noise(LM):
    """Answers drawn from a digest of the request."""

    def __init__(self, seed):
        super().__init__()
        self.seed = seed

    def draw(self, *parts):
        digest = hashlib.sha256("\0".join([self.seed, *parts]).encode()).digest()
        return int.from_bytes(digest[:4], "big") / 2**32

    def loglikelihood(self, requests):
        return [(-8 * self.draw(*r.args), self.draw("greedy", *r.args) < 0.25) for r in requests]

    def loglikelihood_rolling(self, requests):
        return [-90 - 20 * self.draw(*r.args) for r in requests]

    def generate_until(self, requests):
        answers = []
        for r in requests:
            u = self.draw(r.args[0])
            number = r.doc["length"] + (0 if u < 0.5 else 10)
            answers.append("" if u > 0.95 else f" so it is {number} km" if u > 0.8 else f" It is long. #### {number}")
        return answers


def main(output, seed):
    output = os.path.abspath(output)
    os.chdir(tempfile.mkdtemp())
    def data(name, docs):
        path = name + ".jsonl"
        with open(path, "w", encoding="utf-8") as f:
            for doc in docs:
                f.write(json.dumps(doc, ensure_ascii=False) + "\n")
        return {"dataset_path": "json", "dataset_kwargs": {"data_files": {"test": path}}, "test_split": "test"}

    choice = {
        "output_type": "multiple_choice",
        "doc_to_text": "{{question}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nC. {{choices[2]}}\nAnswer:",
        "doc_to_choice": ["A", "B", "C"],
        "doc_to_target": "answer",
        "metric_list": [
            {"metric": m, "aggregation": "mean", "higher_is_better": True} for m in ("acc", "acc_norm")
        ],
        "metadata": {"version": 1.0},
    }
    capitals = [
        {"question": f"Which town lies on the {name}?", "choices": [name + "mouth", "Oldham <script>", "新河镇"], "answer": i % 3}
        for i, (name, _) in enumerate(RIVERS)
    ]
    longer = [
        {"question": f"Which is longer than the {name}?", "choices": ["Alda", "Corve", "neither"], "answer": (i + 1) % 3}
        for i, (name, _) in enumerate(RIVERS)
    ]
    lengths = [{"question": f"How many km is the {name}?", "length": length} for name, length in RIVERS]
    tales = [{"page": f"The {name} runs {length} km to the sea."} for name, length in RIVERS[:4]]
    tasks = [
        {"task": "rivers_towns", "task_alias": "towns", **choice, **data("towns", capitals)},
        {"task": "rivers_longer", "task_alias": "longer", **choice, **data("longer", longer)},
        {
            "group": "rivers",
            "group_alias": "rivers",
            "task": [
                "rivers_towns",
                "rivers_longer",
            ],
            "aggregate_metric_list": [{"metric": "acc", "weight_by_size": True}],
            "metadata": {"version": 2.0},
        },
        {
            "task": "river_lengths",
            "output_type": "generate_until",
            "doc_to_text": "Q: {{question}}\nA:",
            "doc_to_target": "{{length}}",
            "generation_kwargs": {"until": ["Q:"], "do_sample": False},
            "filter_list": [
                {"name": name, "filter": [{"function": "regex", "regex_pattern": pattern}, {"function": "take_first"}]}
                for name, pattern in (("strict-match", r"#### (\-?[0-9\.\,]+)"), ("flexible-extract", r"(\-?[0-9]+)"))
            ],
            "metric_list": [{"metric": "exact_match", "aggregation": "mean", "higher_is_better": True}],
            "metadata": {"version": 1.0},
            **data("lengths", lengths),
        },
        {
            "task": "river_tales",
            "output_type": "loglikelihood_rolling",
            "doc_to_text": "",
            "doc_to_target": "{{page}}",
            "metric_list": [{"metric": "word_perplexity"}, {"metric": "bits_per_byte"}],
            "metadata": {"version": 1.0},
            **data("tales", tales),
        },
    ]
    tracker = EvaluationTracker(output_path=output)
    tracker.general_config_tracker.log_experiment_args(
        model_source="noise", model_args="pretrained=invented/noise-" + seed, system_instruction=None,
        chat_template=None, fewshot_as_multiturn=False,
    )
    for task in tasks:
        name = task.get("task") if isinstance(task.get("task"), str) else task["group"]
        with open(name + ".yaml", "w", encoding="utf-8") as f:
            json.dump(task, f)  # JSON is YAML
    manager = TaskManager(include_path=".", include_defaults=False)
    names = ["rivers", "river_lengths", "river_tales"]
    results = simple_evaluate(model=Noise(seed), tasks=names, bootstrap_iters=100, task_manager=manager)
    samples = results.pop("samples")
    tracker.save_results_aggregated(results=results, samples=samples)
    for name in results["configs"]:
        tracker.save_results_samples(task_name=name, samples=samples[name])


main(*sys.argv[1:])
