/* Scores with 95 % intervals: one row for each group and task, one mark for each run. */

const ROW_STEP = 15;

/** Indices of scopes in the order of the tree, siblings sorted, members of closed groups left out. */
function orderedScopes(compare, closed) {
  const children = new Map([[-1, []]]);
  const stack = [];
  page.scopes.forEach((scope, i) => {
    stack.length = scope.depth;
    const parent = scope.depth === 0 ? -1 : stack[scope.depth - 1];
    stack[scope.depth] = i;
    children.set(i, []);
    children.get(parent).push(i);
  });
  const order = [];
  const walk = (parent) => {
    const siblings = children.get(parent);
    (compare ? [...siblings].sort(compare) : siblings).forEach((i) => {
      order.push(i);
      if (!closed.has(page.scopes[i].name)) {
        walk(i);
      }
    });
  };
  walk(-1);
  return order;
}

/** Large reports begin with the inner groups closed. */
function closedGroups() {
  if (view.closed !== '') {
    return new Set(view.closed.split(','));
  }
  const many = page.scopes.length > 40;
  return new Set(
    many ? page.scopes.filter((scope) => scope.group && scope.depth > 0).map((scope) => scope.name) : []
  );
}

function toggleGroup(name) {
  const closed = closedGroups();
  if (!closed.delete(name)) {
    closed.add(name);
  }
  closed.delete('-');
  setView({ closed: closed.size === 0 ? '-' : [...closed].join(',') });
}

function shownKey(scope) {
  const keys = scoreKeys([scope]);
  return keys.includes(view.score) ? view.score : view.score === '' ? keys[0] : undefined;
}

function scoreOf(scope, run) {
  const key = shownKey(scope);
  return (key && scope.runs[run] && scope.runs[run].scores[key]) || null;
}

function scoreOrder() {
  const first = (i) => {
    const found = page.scopes[i].runs.map((_, run) => scoreOf(page.scopes[i], run)).find((one) => one);
    return found ? found.value : -Infinity;
  };
  switch (view.order) {
    case 'name':
      return (a, b) => page.scopes[a].alias.localeCompare(page.scopes[b].alias);
    case 'highest':
      return (a, b) => first(b) - first(a);
    case 'lowest':
      return (a, b) => first(a) - first(b);
    default:
      return null;
  }
}

/** Shares are drawn from 0 to 1; scores beyond that get no common axis. */
function isShare(score) {
  return score && isNumber(score.value) && score.value >= 0 && score.value <= 1;
}

function drawScores() {
  const keys = scoreKeys(page.scopes);
  const order = orderedScopes(scoreOrder(), closedGroups());
  const columns = [
    { name: 'Task or group', text: true },
    { name: 'Metric', text: true },
    { name: 'n', title: 'items' },
    { name: axis([0, 0.25, 0.5, 0.75, 1]), text: true },
    ...page.runs.flatMap((run, r) => [
      { name: page.runs.length > 1 ? runChip(r) : 'Score' },
      { name: '95 % CI' },
      { name: '± stderr', title: 'standard error as lm-evaluation-harness computes it' },
    ]),
  ];
  const rows = order.map((i) => scoreRow(page.scopes[i]));
  show(
    document.getElementById('scores'),
    el('h2', {}, 'Scores'),
    el(
      'div',
      { class: 'controls' },
      labelled(
        'Metric',
        select(
          [['', "each task's first"], ...keys.map((key) => [key, metricName(key)])],
          view.score,
          (score) => setView({ score })
        )
      ),
      labelled(
        'Order',
        select(
          [
            ['outline', 'as evaluated'],
            ['name', 'by name'],
            ['highest', 'highest first'],
            ['lowest', 'lowest first'],
          ],
          view.order,
          (order) => setView({ order })
        )
      )
    ),
    el('div', { class: 'scores' }, table('Scores with 95 % confidence intervals', columns, rows)),
    el(
      'p',
      { class: 'note' },
      "Bars are 95 % confidence intervals: Wilson's for a task's share of right answers, else score ± 1.96 standard errors."
    )
  );
}

function scoreRow(scope) {
  const scores = page.runs.map((_, run) => scoreOf(scope, run));
  const key = shownKey(scope);
  const items = scope.runs.find((run) => run);
  return {
    class: scope.group ? 'group' : null,
    headClass: 'indent' + Math.min(scope.depth, 4),
    cells: [
      scopeName(scope),
      key ? metricName(key) : '',
      items ? count(items.items) : MISSING,
      scoreBars(scores),
      ...scores.flatMap((one) => [
        el('strong', {}, one ? score(one.value) : MISSING),
        one ? interval(one.low, one.high, 3) : MISSING,
        one ? fixed(one.stderr, 4) : MISSING,
      ]),
    ],
  };
}

function scopeName(scope) {
  if (!scope.group) {
    return samplesLink(scope.alias, { task: scope.name, show: 'all' });
  }
  const open = !closedGroups().has(scope.name);
  return el(
    'button',
    {
      type: 'button',
      class: 'toggle',
      'data-key': 'group ' + scope.name,
      'aria-expanded': String(open),
      onclick: () => toggleGroup(scope.name),
    },
    el('span', { 'aria-hidden': 'true' }, open ? '▾ ' : '▸ '),
    scope.alias
  );
}

function axis(ticks) {
  return svg(
    'svg',
    { class: 'bars axis', height: 18, width: '100%', 'aria-hidden': 'true' },
    ticks.map((tick, i) =>
      svg(
        'text',
        {
          x: (100 * i) / (ticks.length - 1) + '%',
          y: 13,
          'text-anchor': i === 0 ? 'start' : i === ticks.length - 1 ? 'end' : 'middle',
        },
        String(tick)
      )
    )
  );
}

function scoreBars(scores) {
  const shown = scores.map((one) => (isShare(one) ? one : null));
  if (shown.every((one) => one === null)) {
    return '';
  }
  return bars(
    shown.map(
      (one) =>
        one && {
          at: one.value,
          low: Math.max(0, one.low ?? one.value),
          high: Math.min(1, one.high ?? one.value),
        }
    ),
    [0.25, 0.5, 0.75],
    shown
      .map((one, run) =>
        one ? `${page.runs[run].name} ${score(one.value)} ${interval(one.low, one.high, 3)}` : ''
      )
      .join('; ')
  );
}

/** Marks with intervals over a common axis; positions are shares of its length. */
function bars(marks, lines, label) {
  const height = ROW_STEP * marks.length + 6;
  const at = (share) => 100 * share + '%';
  return svg(
    'svg',
    { class: 'bars', height, width: '100%', role: 'img', 'aria-label': label },
    svg('title', {}, label),
    lines.map((line) => svg('line', { class: 'grid', x1: at(line), x2: at(line), y1: 0, y2: height })),
    marks.map((one, run) => {
      if (!one) {
        return null;
      }
      const y = 3 + ROW_STEP * (run + 0.5);
      const shape = one.run ?? run;
      return [
        svg('line', { class: 'whisker run' + (shape % 6), x1: at(one.low), x2: at(one.high), y1: y, y2: y }),
        svg('svg', { x: at(one.at), y, overflow: 'visible' }, mark(shape, 0, 0, 4)),
      ];
    })
  );
}
