/* What went wrong besides wrong answers. */

const CHECKS = [
  ['failed', 'Failed', 'items whose request failed'],
  ['truncated', 'Cut prompts', 'prompts cut on the left to fit the model'],
  ['empty', 'Empty answers', 'generated answers without any text'],
  ['invalid', 'Nothing extracted', "answers in which a filter found nothing ('[invalid]')"],
];

function drawChecks() {
  const several = page.runs.length > 1;
  const columns = [
    { name: 'Task', text: true },
    ...(several ? [{ name: 'Run', text: true }] : []),
    { name: 'Version' },
    { name: 'Shots', title: 'examples in a prompt' },
    { name: 'n', title: 'items' },
    ...CHECKS.map(([, name, title]) => ({ name, title })),
  ];
  const rows = page.scopes
    .filter((scope) => !scope.group)
    .flatMap((scope) =>
      scope.runs.map((run, r) => run && checkRow(scope, run, r, several)).filter((row) => row)
    );
  show(
    document.getElementById('checks'),
    el('h2', {}, 'Checks'),
    el('div', { class: 'tall' }, table('Counts for each task', columns, rows)),
    el('p', { class: 'note' }, '– means that the files of the run do not tell.')
  );
}

function checkRow(scope, run, r, several) {
  return {
    cells: [
      scope.alias,
      ...(several ? [runChip(r)] : []),
      run.version || MISSING,
      count(run.shots),
      count(run.items),
      ...CHECKS.map(([kind]) => checkCell(scope, run[kind], kind, r)),
    ],
  };
}

function checkCell(scope, number, kind, run) {
  return number > 0
    ? el(
        'span',
        { class: 'flag' },
        '⚠ ',
        samplesLink(count(number), { task: scope.name, show: kind, run: String(run) })
      )
    : count(number);
}
