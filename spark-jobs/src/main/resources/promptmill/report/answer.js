/* One sample: document, prompt, choices, answers, metrics. */

function itemNode(item, open) {
  const body = el('div', { class: 'body' });
  const node = el(
    'details',
    {
      class: 'item',
      ontoggle: () => node.open && body.childNodes.length === 0 && show(body, itemBody(item)),
    },
    el('summary', {}, itemSummary(item)),
    body
  );
  if (open) {
    show(body, itemBody(item));
    node.open = true;
  }
  return node;
}

function itemSummary(item) {
  const key = decisiveKey(item, view.metric);
  return [
    el(
      'span',
      { class: 'verdicts' },
      item.answers.map((_, run) => verdict(item, run, key))
    ),
    el('span', { class: 'where' }, `${page.tasks[item.task].alias} #${item.id}`),
    el('span', { class: 'snippet' }, snippet(item)),
  ];
}

function snippet(item) {
  const doc = item.doc || {};
  const text = [doc.question, doc.query, doc.text, ...Object.values(doc)].find(
    (value) => typeof value === 'string' && value.trim() !== ''
  );
  return (text || '').slice(0, 160);
}

/** A sign and a word, so that colour is not needed. */
function verdict(item, run, key) {
  const answer = item.answers[run];
  const right = isRight(item, run, key);
  const value = valueOf(answer, key);
  const [sign, word, kind] = !answer
    ? ['∅', 'not in this run', 'none']
    : answer.error
      ? ['⚠', 'failed', 'failed']
      : right === true
        ? ['✓', 'right', 'right']
        : right === false
          ? ['✗', 'wrong', 'wrong']
          : ['·', value === null ? 'no score' : score(value), 'none'];
  const name = page.runs.length > 1 ? page.runs[run].name + ': ' : '';
  return el(
    'span',
    { class: 'verdict ' + kind, title: name + word },
    sign,
    el('span', { class: 'hidden' }, name + word)
  );
}

function itemBody(item) {
  const several = page.runs.length > 1;
  return [
    el('h4', {}, 'Document'),
    el(
      'dl',
      { class: 'doc' },
      Object.entries(item.doc || {}).map(([name, value]) => [
        el('dt', {}, name),
        el('dd', {}, docValue(value)),
      ])
    ),
    el('p', {}, el('span', { class: 'label' }, 'Target '), el('code', {}, targetText(item))),
    el(
      'div',
      { class: several ? 'answers several' : 'answers' },
      item.answers.map((answer, run) =>
        el(
          'div',
          { class: 'answer' },
          several && el('h4', {}, runChip(run)),
          answer ? answerBody(item, answer, run) : el('p', {}, 'Not in this run.')
        )
      )
    ),
  ];
}

/** Lists of plain values take a line for each. */
function docValue(value) {
  if (typeof value === 'string') {
    return value;
  }
  const plain = Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object');
  return plain ? value.join('\n') : JSON.stringify(value, null, 1);
}

function targetIndex(item) {
  if (!item.choices) {
    return -1;
  }
  const index = Number(item.target);
  if (item.target.trim() !== '' && Number.isInteger(index) && index >= 0 && index < item.choices.length) {
    return index;
  }
  return item.choices.findIndex((choice) => choice.trim() === item.target.trim());
}

function targetText(item) {
  const index = targetIndex(item);
  return index >= 0 && item.choices[index].trim() !== item.target
    ? `${item.target} (${item.choices[index].trim()})`
    : item.target;
}

function answerBody(item, answer, run) {
  const parts = [];
  if (answer.error) {
    parts.push(el('p', { class: 'warning' }, `⚠ failed, ${answer.error[0]}: ${answer.error[1]}`));
  }
  if (answer.sums && item.choices) {
    parts.push(choiceTable(item, answer));
  } else if (answer.sums) {
    parts.push(
      el(
        'p',
        {},
        el('span', { class: 'label' }, 'Log-likelihood of the text '),
        el('code', {}, fixed(answer.sums[0], 4))
      )
    );
  }
  (answer.texts || []).forEach((text, i, all) => {
    parts.push(
      el('p', { class: 'label' }, all.length > 1 ? `Answer ${i + 1}` : 'Answer'),
      text === '' ? el('p', { class: 'empty' }, '(empty)') : el('pre', {}, text)
    );
  });
  parts.push(metricTable(answer));
  parts.push(tokenLine(answer));
  promptsOf(item, run).forEach((prompt, i, all) => {
    parts.push(
      el(
        'details',
        { class: 'prompt' },
        el('summary', {}, all.length > 1 ? `Prompt of choice ${i + 1}` : 'Full prompt'),
        el('pre', {}, prompt)
      )
    );
  });
  return parts;
}

/** The prediction is the choice with the largest log-likelihood. */
function choiceTable(item, answer) {
  const shares = softmax(answer.sums);
  const chosen = indexOfLargest(answer.sums);
  const right = targetIndex(item);
  return el(
    'table',
    { class: 'choices' },
    el('caption', { class: 'hidden' }, 'Choices with log-likelihoods'),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, 'Choice'),
        el('th', { scope: 'col', class: 'number' }, 'log-likelihood'),
        el('th', { scope: 'col' }, 'probability'),
        el('th', { scope: 'col' }, '')
      )
    ),
    el(
      'tbody',
      {},
      item.choices.map((choice, i) =>
        el(
          'tr',
          { class: i === chosen ? 'chosen' : null },
          el('th', { scope: 'row' }, choice.trim()),
          el('td', { class: 'number' }, answer.sums[i] === null ? '−∞' : fixed(answer.sums[i], 4)),
          el('td', {}, shareBar(shares[i])),
          el(
            'td',
            { class: 'tags' },
            i === chosen && el('span', { class: 'tag' }, 'predicted'),
            i === right && el('span', { class: 'tag target' }, 'target')
          )
        )
      )
    )
  );
}

function shareBar(share) {
  return el(
    'span',
    { class: 'share' },
    svg(
      'svg',
      { width: 80, height: 10, viewBox: '0 0 80 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'track', width: 80, height: 10 }),
      svg('rect', { class: 'bar', width: 80 * (share || 0), height: 10 })
    ),
    percent(share)
  );
}

function metricTable(answer) {
  return el(
    'dl',
    { class: 'metrics' },
    answer.views.map((one) => [
      el('dt', {}, one.filter === 'none' ? 'Scores' : one.filter),
      el(
        'dd',
        {},
        one.answer !== undefined && [
          el('code', { class: one.answer === '[invalid]' ? 'flag' : null }, one.answer),
          ' ',
        ],
        Object.entries(one.metrics).map(([name, value]) =>
          el('span', { class: 'metric' }, `${name} ${Number.isInteger(value) ? value : fixed(value, 4)}`)
        )
      ),
    ])
  );
}

function tokenLine(answer) {
  if (!answer.tokens) {
    return null;
  }
  const [prompt, cached, , truncated, completion] = answer.tokens;
  return el(
    'p',
    { class: truncated > 0 ? 'note flag' : 'note' },
    `${plural(prompt, 'prompt token', 'prompt tokens')}, ${count(cached)} of them shared` +
      (completion > 0 ? `, ${count(completion)} generated` : '') +
      (truncated > 0 ? `; ⚠ ${count(truncated)} were cut on the left` : '')
  );
}
