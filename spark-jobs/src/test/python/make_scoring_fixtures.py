"""Writes src/test/resources/eval/scoring: what Python's re, lm-evaluation-harness and sacreBLEU give.

    python3 -m venv venv && venv/bin/pip install -r scoring/requirements.txt
    venv/bin/python make_scoring_fixtures.py
    venv/bin/python make_harness_run.py ../resources/eval/harness
"""

import json
import pathlib
import re
import sys

import sacrebleu
from lm_eval.api.metrics import exact_match_hf_evaluate
from lm_eval.filters import build_filter_ensemble

sys.path.insert(0, str(pathlib.Path(__file__).parent / "scoring"))
import cases

OUTPUT = pathlib.Path(__file__).parent.parent / "resources" / "eval" / "scoring"


def write(name, rows):
    OUTPUT.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (OUTPUT / name).write_text("".join(lines), "utf-8")


def regexes():
    for pattern, texts in cases.REGEXES:
        compiled = re.compile(pattern)
        for text in texts:
            found = [list(m) if isinstance(m, tuple) else [m] for m in compiled.findall(text)]
            yield {"pattern": pattern, "text": text, "findall": found, "removed": compiled.sub("", text),
                   "pieces": 1 + sum(1 for _ in compiled.finditer(text))}


class Instance:
    def __init__(self, resps, doc):
        self.resps, self.doc, self.filtered_resps = resps, doc, {}


def filters():
    for steps, doc, resps in cases.FILTERS:
        components = [[step["function"], {k: v for k, v in step.items() if k != "function"}] for step in steps]
        instance = Instance(resps, doc)
        build_filter_ensemble("x", components).apply([instance])
        yield {"steps": steps, "doc": doc, "resps": resps, "filtered": instance.filtered_resps["x"]}


def exact_matches():
    for arguments, pairs in cases.EXACT_MATCHES:
        for prediction, reference in pairs:
            score = exact_match_hf_evaluate([prediction], [reference], **arguments)["exact_match"]
            yield {"arguments": arguments, "prediction": prediction, "reference": reference, "score": float(score)}


def corpora():
    for name, pairs in cases.CORPORA.items():
        predictions, references = [p for p, _ in pairs], [[r for _, r in pairs]]
        for tokenize in ("13a", "zh", "char", "none"):
            for lowercase in (False, True):
                score = sacrebleu.corpus_bleu(predictions, references, tokenize=tokenize, lowercase=lowercase).score
                yield {"corpus": name, "pairs": pairs, "metric": "bleu",
                       "arguments": {"tokenize": tokenize, "lowercase": lowercase}, "score": score}
        for arguments in ({}, {"word_order": 2}, {"char_order": 4, "beta": 1, "word_order": 1}, {"lowercase": True}):
            score = sacrebleu.CHRF(**arguments).corpus_score(predictions, references).score
            yield {"corpus": name, "pairs": pairs, "metric": "chrf", "arguments": arguments, "score": score}


if __name__ == "__main__":
    write("regexes.jsonl", regexes())
    write("filters.jsonl", filters())
    write("exact_matches.jsonl", exact_matches())
    write("corpora.jsonl", corpora())
