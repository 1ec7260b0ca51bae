"""Writes statistics.json: figures of SciPy that the statistics are held to.

python make_report_statistics.py > ../resources/eval/report/statistics.json
"""
import json

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20261124)
out = {"scipy": scipy.__version__, "numpy": np.__version__}

out["wilson"] = []
for k, n in [(0, 8), (8, 8), (1, 3), (5, 40), (33, 40), (3211, 14042)]:
    ci = stats.binomtest(k, n).proportion_ci(confidence_level=0.95, method="wilson")
    out["wilson"].append({"successes": k, "trials": n, "low": ci.low, "high": ci.high})

out["normal"] = []
for estimate, error in [(0.25, 0.1636), (0.7, 0.002)]:
    low, high = stats.norm.interval(0.95, loc=estimate, scale=error)
    out["normal"].append({"estimate": estimate, "error": error, "low": low, "high": high})

out["mcnemar"] = []
for gained, lost in [(0, 0), (1, 0), (3, 3), (2, 15), (17, 5), (49, 11), (900, 811), (5, 2000)]:
    p = stats.binomtest(gained, gained + lost, 0.5).pvalue if gained + lost else 1.0
    out["mcnemar"].append({"gained": gained, "lost": lost, "p": p})

out["paired"] = []
for n, shift in [(2, 0.5), (7, 0.3), (40, 0.0), (500, 0.1)]:
    before = np.round(rng.normal(0, 1, n), 6)
    after = np.round(before + rng.normal(shift, 0.7, n), 6)
    test = stats.ttest_rel(after, before)
    ci = test.confidence_interval(0.95)
    d = after - before
    out["paired"].append({
        "before": before.tolist(), "after": after.tolist(), "mean": d.mean(), "standardError": stats.sem(d),
        "low": ci.low, "high": ci.high, "p": test.pvalue,
    })

# SciPy has no Holm correction: the definition, in the other direction of the loop.
p = np.round(rng.uniform(0, 1, 12) ** 3, 6)
order = np.argsort(p, kind="stable")
holm = np.empty(12)
for rank, i in enumerate(order):
    holm[i] = max(min(1.0, (12 - r) * p[order[r]]) for r in range(rank + 1))
out["holm"] = {"p": p.tolist(), "adjusted": holm.tolist()}

# The definition over bins of scipy.stats.binned_statistic.
sure = np.round(rng.uniform(0.25, 1, 300), 6)
right = rng.uniform(0, 1, 300) < sure**2
edges = np.linspace(0, 1, 11)
mean_sure, _, index = stats.binned_statistic(sure, sure, "mean", edges)
mean_right = stats.binned_statistic(sure, right.astype(float), "mean", edges).statistic
counts = stats.binned_statistic(sure, sure, "count", edges).statistic
has = counts > 0
ece = float(np.sum(counts[has] * np.abs(mean_sure[has] - mean_right[has])) / 300)
out["calibration"] = {
    "confidence": sure.tolist(), "right": right.tolist(), "expectedError": ece, "counts": counts.astype(int).tolist(),
}

out["softmax"] = []
for _ in range(4):
    sums = np.round(rng.normal(-20, 6, 4), 4)
    share = scipy.special.softmax(sums)
    top = np.sort(share)[::-1]
    out["softmax"].append({"sums": sums.tolist(), "chosen": int(np.argmax(sums)), "probability": top[0], "margin": top[0] - top[1]})

print(json.dumps(out, indent=1))
