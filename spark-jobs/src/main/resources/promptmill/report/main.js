/* Draws everything, then again what a change of view touches. */

const PARTS = [
  [drawHeader, []],
  [drawScores, ['score', 'order', 'closed']],
  [drawComparison, []],
  [drawChecks, []],
  [drawPlots, ['plot']],
  [drawSections, []],
];

PARTS.forEach(([draw]) => draw());
drawSamples();

viewListeners.push((changed) => {
  PARTS.filter(([, names]) => names.some((name) => changed.includes(name))).forEach(([draw]) => draw());
  const listOnly = changed.every((name) => name === 'text' || name === 'page');
  if (listOnly) {
    drawSampleList();
  } else if (['task', 'show', 'run', 'metric', 'text', 'page'].some((name) => changed.includes(name))) {
    drawSamples();
  }
});

show(
  document.getElementById('footer'),
  el(
    'p',
    {},
    page.runs.map((run, i) => [i > 0 && el('br'), run.location])
  )
);
if (
  Object.keys(VIEW_DEFAULTS).some(
    (name) => ['task', 'show', 'text', 'metric'].includes(name) && view[name] !== VIEW_DEFAULTS[name]
  )
) {
  document.getElementById('samples').scrollIntoView();
}
