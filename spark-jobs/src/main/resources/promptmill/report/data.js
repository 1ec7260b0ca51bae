/* The page's data. Samples are parsed when they are first looked at. */

const page = JSON.parse(document.getElementById('summary-data').textContent);

let parsedItems = null;

function allItems() {
  if (parsedItems === null) {
    const node = document.getElementById('samples-data');
    parsedItems = JSON.parse(node.textContent);
    node.remove();
  }
  return parsedItems;
}

/** Score keys of all scopes that `has` holds for, each once. */
function scoreKeys(scopes) {
  const keys = new Set();
  for (const scope of scopes) {
    for (const run of scope.runs) {
      Object.keys(run ? run.scores : {}).forEach((key) => keys.add(key));
    }
  }
  return [...keys];
}

function scopeNamed(name) {
  return page.scopes.find((scope) => scope.name === name);
}

/** The value of a score for one answer, or null. */
function valueOf(answer, key) {
  if (!answer || !key) {
    return null;
  }
  const comma = key.lastIndexOf(',');
  const view = answer.views.find((one) => one.filter === key.slice(comma + 1));
  const value = view ? view.metrics[key.slice(0, comma)] : undefined;
  return value === undefined ? null : value;
}

/** The score that decides what is right: the chosen one where the task has it, else its first. */
function decisiveKey(item, chosen) {
  const has = chosen && item.answers.some((answer) => valueOf(answer, chosen) !== null);
  return has ? chosen : page.tasks[item.task].primary;
}

/** true, false, or null where the score is not 0 or 1. */
function isRight(item, run, key) {
  const value = valueOf(item.answers[run], key);
  return value === 1 ? true : value === 0 ? false : null;
}

function promptsOf(item, run) {
  let source = run;
  if (!item.answers[run].prompts) {
    source = item.answers.findIndex((answer) => answer && answer.prompts);
  }
  const prefix = page.tasks[item.task].prefixes[source];
  return item.answers[source].prompts.map((rest) => prefix + rest);
}

function indexOfLargest(values) {
  let best = 0;
  values.forEach((value, i) => {
    if (value !== null && (values[best] === null || value > values[best])) {
      best = i;
    }
  });
  return best;
}

/** Softmax over log-likelihoods; null is minus infinity. */
function softmax(sums) {
  const largest = Math.max(...sums.map((sum) => (sum === null ? -Infinity : sum)));
  const weights = sums.map((sum) => (sum === null ? 0 : Math.exp(sum - largest)));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}
