/* Every sample: filters, search, pages. */

const PAGE_SIZE = 10;

const SHOWN = {
  all: ['all', () => true],
  wrong: ['wrong', (item, run, key) => isRight(item, run, key) === false],
  right: ['right', (item, run, key) => isRight(item, run, key) === true],
  failed: ['failed', (item, run) => Boolean(item.answers[run] && item.answers[run].error)],
  truncated: [
    'prompt cut',
    (item, run) => Boolean(item.answers[run] && item.answers[run].tokens && item.answers[run].tokens[3] > 0),
  ],
  empty: [
    'empty answer',
    (item, run) =>
      Boolean(item.answers[run] && (item.answers[run].texts || []).some((text) => text.trim() === '')),
  ],
  invalid: [
    'nothing extracted',
    (item, run) =>
      Boolean(item.answers[run] && item.answers[run].views.some((one) => one.answer === '[invalid]')),
  ],
};

/** Only with several runs. */
const CHANGED = {
  flipped: ['changed against the baseline', (item, run, key) => change(item, run, key) !== 0],
  raised: ['higher than the baseline', (item, run, key) => change(item, run, key) > 0],
  lowered: ['lower than the baseline', (item, run, key) => change(item, run, key) < 0],
  unpaired: ['not in every run', (item) => item.answers.some((answer) => !answer)],
};

function change(item, run, key) {
  const before = valueOf(item.answers[0], key);
  const after = valueOf(item.answers[run], key);
  return before === null || after === null ? 0 : after - before;
}

function chosenRun() {
  const run = Number(view.run);
  const several = page.runs.length > 1;
  const fallback = several && view.show in CHANGED ? 1 : 0;
  return Number.isInteger(run) && run > 0 && run < page.runs.length ? run : fallback;
}

function foundItems() {
  const scope = view.task === '' ? null : scopeNamed(view.task);
  const tasks = scope ? new Set(scope.tasks) : null;
  const [, test] = SHOWN[view.show] || CHANGED[view.show] || SHOWN.all;
  const run = chosenRun();
  const text = view.text.toLowerCase();
  return allItems().filter(
    (item) =>
      (view.task === '' || (tasks !== null && tasks.has(item.task))) &&
      test(item, run, decisiveKey(item, view.metric)) &&
      (text === '' || searchable(item).includes(text))
  );
}

function searchable(item) {
  if (item.searchable === undefined) {
    const answers = item.answers
      .filter((answer) => answer)
      .map((answer) => [answer.prompts, answer.texts, answer.error]);
    item.searchable = JSON.stringify([Object.values(item.doc || {}), item.target, item.choices, answers])
      .replace(/\\n/g, '\n')
      .replace(/\\"/g, '"')
      .toLowerCase();
  }
  return item.searchable;
}

let searchTimer = 0;

function drawSamples() {
  const section = document.getElementById('samples');
  const list = el('div', { id: 'sample-list' });
  const kinds = Object.entries(page.runs.length > 1 ? { ...SHOWN, ...CHANGED } : SHOWN).map(
    ([key, [name]]) => [key, name]
  );
  const keys = scoreKeys(page.scopes.filter((scope) => !scope.group));
  const search = el('input', {
    type: 'search',
    value: view.text,
    placeholder: 'in documents, prompts, answers',
    oninput: (event) => {
      clearTimeout(searchTimer);
      searchTimer = setTimeout(() => setView({ text: event.target.value, page: '1' }), 200);
    },
  });
  show(
    section,
    el('h2', {}, 'Samples'),
    leftOutNote(),
    el(
      'div',
      { class: 'controls' },
      labelled(
        'Task',
        select(scopeOptions('all tasks'), view.task, (task) => setView({ task, page: '1' }))
      ),
      labelled(
        'Show',
        select(kinds, view.show, (shown) => setView({ show: shown, page: '1' }))
      ),
      page.runs.length > 1 &&
        labelled(
          'of run',
          select(
            page.runs.map((run, r) => [String(r), run.name]),
            String(chosenRun()),
            (run) => setView({ run, page: '1' })
          )
        ),
      keys.length > 1 &&
        labelled(
          'by',
          select(
            [['', "each task's first metric"], ...keys.map((key) => [key, metricName(key)])],
            view.metric,
            (metric) => setView({ metric, page: '1' })
          )
        ),
      labelled('Text', search)
    ),
    list
  );
  drawSampleList();
}

function drawSampleList() {
  const items = foundItems();
  const pages = Math.max(1, Math.ceil(items.length / PAGE_SIZE));
  const current = Math.min(pages, Math.max(1, Number(view.page) || 1));
  const shown = items.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE);
  show(
    document.getElementById('sample-list'),
    el(
      'p',
      { class: 'found', 'aria-live': 'polite', id: 'found' },
      plural(items.length, 'sample', 'samples')
    ),
    shown.map((item, i) => itemNode(item, i === 0)),
    pages > 1 && pager(current, pages)
  );
}

function pager(current, pages) {
  const step = (name, to) =>
    el(
      'button',
      {
        type: 'button',
        'data-key': 'page ' + name,
        disabled: to < 1 || to > pages || to === current,
        onclick: () => setView({ page: String(to) }),
      },
      name
    );
  return el(
    'div',
    { class: 'pager' },
    step('« first', 1),
    step('‹ previous', current - 1),
    el('span', {}, `page ${count(current)} of ${count(pages)}`),
    step('next ›', current + 1),
    step('last »', pages)
  );
}

function leftOutNote() {
  const { items, shown, notable, notableShown, megabytes } = page.leftOut;
  return (
    items > shown &&
    el(
      'p',
      { class: 'warning' },
      `⚠ This page holds ${count(shown)} of ${plural(items, 'sample', 'samples')}, so that it stays below ${megabytes} MB: ` +
        `${count(notableShown)} of the ${count(notable)} that were answered wrong, failed, were cut or changed between runs, and ` +
        `${count(shown - notableShown)} of the ${count(items - notable)} others, drawn by the documents' hashes. ` +
        'All scores, counts and plots are over all samples.'
    )
  );
}
