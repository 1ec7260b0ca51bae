/* Differences of each run to the first one, over paired items. */

const SIGNIFICANT = 0.05;

let comparisonOrder = ['outline', 1];

function drawComparison() {
  const section = document.getElementById('comparison');
  section.hidden = page.comparisons.length === 0;
  if (section.hidden) {
    return;
  }
  show(section, el('h2', {}, 'Comparison'), page.comparisons.map(comparisonPart), comparisonNotes());
}

function comparisonPart(comparison) {
  const limit = Math.max(
    0.01,
    ...comparison.rows.flatMap((row) => [
      Math.abs(row.low ?? 0),
      Math.abs(row.high ?? 0),
      Math.abs(row.difference ?? 0),
    ])
  );
  const onlyBaseline = unpairedOf(comparison, 'onlyBaseline');
  const onlyOther = unpairedOf(comparison, 'onlyOther');
  const column = (name, key, title) => ({
    name,
    title,
    sort: () => sortComparison(key),
    sorted: comparisonOrder[0] === key ? (comparisonOrder[1] > 0 ? ' ▲' : ' ▼') : '',
  });
  const columns = [
    { name: 'Task or group', text: true, sort: () => sortComparison('outline') },
    { name: 'Metric', text: true },
    { name: runChip(comparison.baseline) },
    { name: runChip(comparison.other) },
    {
      ...column(
        'Difference ± SE',
        'difference',
        'other run minus baseline, with the standard error of the mean of paired differences'
      ),
    },
    { name: axis([signed(-limit, 2), '0', signed(limit, 2)]), text: true },
    { name: '95 % CI' },
    { ...column('p', 'p', 'exact McNemar test for 0/1 scores, else paired t-test; two-sided') },
    { ...column('Holm p', 'adjusted', 'p corrected for the number of tests') },
    { name: '↑', title: 'items whose score is higher in the other run' },
    { name: '↓', title: 'items whose score is lower in the other run' },
    { name: 'Pairs' },
    { name: 'Unpaired', title: 'items that only one of the runs has a score for' },
  ];
  return [
    el('h3', {}, runChip(comparison.other), ' against ', runChip(comparison.baseline)),
    (onlyBaseline > 0 || onlyOther > 0) &&
      el(
        'p',
        { class: 'warning' },
        `⚠ ${plural(onlyBaseline, 'item', 'items')} only in ${page.runs[comparison.baseline].name}, ` +
          `${plural(onlyOther, 'item', 'items')} only in ${page.runs[comparison.other].name}: they are not compared.`
      ),
    el(
      'div',
      { class: 'comparison' },
      table(
        'Differences over paired items',
        columns,
        sortedRows(comparison).map((row) => comparisonRow(comparison, row, limit))
      )
    ),
  ];
}

function sortComparison(key) {
  comparisonOrder = [key, comparisonOrder[0] === key ? -comparisonOrder[1] : 1];
  drawComparison();
}

function sortedRows(comparison) {
  const [key, direction] = comparisonOrder;
  if (key === 'outline') {
    return comparison.rows;
  }
  return [...comparison.rows].sort(
    (a, b) => direction * ((a[key] ?? Infinity) - (b[key] ?? Infinity)) || a.scope - b.scope
  );
}

/** Items of tasks, by each task's first score. */
function unpairedOf(comparison, side) {
  const seen = new Set();
  let sum = 0;
  for (const row of comparison.rows) {
    if (!page.scopes[row.scope].group && !seen.has(row.scope)) {
      seen.add(row.scope);
      sum += row[side];
    }
  }
  return sum;
}

function comparisonRow(comparison, row, limit) {
  const scope = page.scopes[row.scope];
  const position = (value) => Math.min(1, Math.max(0, (value + limit) / (2 * limit)));
  const sure = isNumber(row.adjusted) && row.adjusted < SIGNIFICANT;
  const better = sure ? row.difference > 0 === row.higher : null;
  const link = (number, show) =>
    number > 0
      ? samplesLink(count(number), { task: scope.name, show, run: String(comparison.other), metric: row.key })
      : '0';
  return {
    class: scope.group ? 'group' : null,
    headClass: comparisonOrder[0] === 'outline' ? 'indent' + Math.min(scope.depth, 4) : null,
    cells: [
      scope.alias,
      metricName(row.key),
      score(row.baseline),
      score(row.other),
      [
        el(
          'strong',
          { class: better === null ? null : better ? 'better' : 'worse' },
          better === null ? '' : better ? '▲ ' : '▼ ',
          signed(row.difference, 4)
        ),
        isNumber(row.stderr) && el('span', { class: 'soft' }, ' ± ' + fixed(row.stderr, 4)),
      ],
      isNumber(row.difference)
        ? bars(
            [
              {
                at: position(row.difference),
                low: position(row.low ?? row.difference),
                high: position(row.high ?? row.difference),
                run: comparison.other,
              },
            ],
            [0.5],
            `difference ${signed(row.difference, 4)} ${interval(row.low, row.high, 4, true)}`
          )
        : '',
      interval(row.low, row.high, 3, true),
      row.test === 't' && isNumber(row.p) ? probability(row.p) + ' (t)' : probability(row.p),
      probability(row.adjusted),
      link(row.raised, 'raised'),
      link(row.lowered, 'lowered'),
      count(row.pairs),
      count(row.onlyBaseline + row.onlyOther),
    ],
  };
}

function comparisonNotes() {
  const rows = page.comparisons[0].rows.filter((row) => isNumber(row.p));
  const groups = rows.filter((row) => page.scopes[row.scope].group).length;
  return el(
    'p',
    { class: 'note' },
    'Items are paired by task, document id and document hash; a group pools the items of its tasks. Scores that are no mean ' +
      'over items, such as perplexities, are not tested. p is the exact McNemar test for scores of 0 and 1, the paired t-test ' +
      '(marked t) for others, both two-sided. With many tests some p are small by chance: ' +
      `Holm p is corrected over the ${plural(rows.length - groups, 'row', 'rows')} of tasks` +
      (groups > 0 ? ` and, apart from them, the ${plural(groups, 'row', 'rows')} of groups` : '') +
      `. ▲ better and ▼ worse mark Holm p below ${SIGNIFICANT}. The counts under ↑ and ↓ lead to the items that changed.`
  );
}
