/* Who ran what, and what deserves a look before the scores do. */

function drawHeader() {
  const names = page.runs.map((run) => run.name).join(' and ');
  document.title = names + ' – evaluation report';
  show(
    document.getElementById('header'),
    el('h1', {}, page.runs.length > 1 ? 'Comparison of evaluations' : 'Evaluation of ' + names),
    el('div', { class: 'cards' }, page.runs.map(runCard)),
    warnings().map((text) =>
      el('p', { class: 'warning', role: 'note' }, el('span', { 'aria-hidden': 'true' }, '⚠ '), text)
    )
  );
}

function runCard(run, index) {
  const tokens = run.tokens;
  const facts = [
    ['Model', run.model],
    ['Revision', run.revision],
    ['Precision', run.dtype],
    ['Date', run.date ? run.date.slice(0, 16).replace('T', ' ') + ' UTC' : null],
    ['Time', isNumber(run.seconds) ? duration(run.seconds) : null],
    ['Program', run.madeBy],
  ];
  return el(
    'div',
    { class: 'card' },
    page.runs.length > 1 && el('h2', {}, runChip(index), index === 0 && el('small', {}, 'baseline')),
    el(
      'dl',
      {},
      facts.filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])
    ),
    tokens &&
      el(
        'dl',
        { class: 'tokens' },
        tokenFact(
          'tokens asked',
          count(tokens.asked),
          'What a run without shared prefixes would feed to the model'
        ),
        tokenFact('computed', count(tokens.computed), 'What went through the model'),
        tokenFact('saved', percent(tokens.savedFraction), 'Share of the tokens asked that was not computed'),
        tokens.completion > 0 && tokenFact('generated', count(tokens.completion), 'Tokens of answers')
      )
  );
}

function tokenFact(name, value, title) {
  return el('div', { title }, el('dd', {}, value), el('dt', {}, name));
}

/** One sentence for each run that has something to say. */
function warnings() {
  const kinds = [
    ['failed', 'item failed', 'items failed'],
    ['truncated', 'prompt was cut to fit the model', 'prompts were cut to fit the model'],
    ['empty', 'answer is empty', 'answers are empty'],
    ['invalid', 'answer had nothing to extract', 'answers had nothing to extract'],
  ];
  const leaves = page.scopes.filter((scope) => !scope.group);
  return page.runs.flatMap((run, r) => {
    const found = kinds.flatMap(([kind, one, many]) => {
      const hit = leaves.filter((scope) => scope.runs[r] && scope.runs[r][kind] > 0);
      const total = hit.reduce((sum, scope) => sum + scope.runs[r][kind], 0);
      const where =
        hit.length > 3 ? plural(hit.length, 'task', 'tasks') : hit.map((scope) => scope.alias).join(', ');
      return hit.length > 0 ? [`${plural(total, one, many)} (${where})`] : [];
    });
    return found.length > 0 ? [(page.runs.length > 1 ? run.name + ': ' : '') + found.join('; ') + '.'] : [];
  });
}

function drawSections() {
  const sections = [
    ['scores', 'Scores'],
    ['comparison', 'Comparison'],
    ['checks', 'Checks'],
    ['distributions', 'Distributions'],
    ['samples', 'Samples'],
  ].filter(([id]) => !document.getElementById(id).hidden);
  show(
    document.getElementById('sections'),
    sections.map(([id, name]) =>
      el(
        'button',
        {
          type: 'button',
          onclick: () => {
            const section = document.getElementById(id);
            section.scrollIntoView();
            const heading = section.querySelector('h2');
            heading.tabIndex = -1;
            heading.focus({ preventScroll: true });
          },
        },
        name
      )
    )
  );
}
