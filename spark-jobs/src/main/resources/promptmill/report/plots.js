/* Distributions over the items of one task, one group or all. */

const PLOT = { width: 440, height: 240, left: 54, right: 12, top: 12, bottom: 40 };
const FEWEST_BINS = 10;

function drawPlots() {
  const index = view.plot === '' ? 0 : page.scopes.findIndex((scope) => scope.name === view.plot) + 1;
  const plots = page.plots[index] || page.plots[0];
  const figures = [
    plots.prompts && lengthFigure('Length of prompts', plots.prompts, 'prompts'),
    plots.answers && lengthFigure('Length of answers', plots.answers, 'answers'),
    plots.confidence.some((one) => one) && reliabilityFigure(plots.confidence),
    ...plots.confidence.map((one, run) => one && marginFigure(one, run)),
  ].filter((figure) => figure);
  show(
    document.getElementById('distributions'),
    el('h2', {}, 'Distributions'),
    el(
      'div',
      { class: 'controls' },
      labelled(
        'Of',
        select(scopeOptions('all tasks'), view.plot, (plot) => setView({ plot }))
      )
    ),
    figures.length > 0 ? el('div', { class: 'figures' }, figures) : el('p', {}, 'No samples were logged.')
  );
}

function scopeOptions(all) {
  return [
    ['', all],
    ...page.scopes.map((scope) => [scope.name, '\u00a0\u00a0'.repeat(scope.depth) + scope.alias]),
  ];
}

function figure(title, drawn, note) {
  return el('figure', {}, el('figcaption', {}, el('strong', {}, title), note && el('span', {}, note)), drawn);
}

function frame(label, x, y, names, content) {
  const { width, height, left, right, top, bottom } = PLOT;
  return drawing(
    width,
    height,
    label,
    y.ticks.map((tick) => [
      svg('line', { class: 'grid', x1: left, x2: width - right, y1: y.at(tick), y2: y.at(tick) }),
      svg('text', { x: left - 6, y: y.at(tick) + 4, 'text-anchor': 'end' }, y.write(tick)),
    ]),
    content,
    svg('line', { class: 'axisline', x1: left, x2: width - right, y1: height - bottom, y2: height - bottom }),
    x.ticks.map((tick) =>
      svg('text', { x: x.at(tick), y: height - bottom + 15, 'text-anchor': 'middle' }, x.write(tick))
    ),
    svg(
      'text',
      { class: 'name', x: (left + width - right) / 2, y: height - 6, 'text-anchor': 'middle' },
      names[0]
    ),
    svg(
      'text',
      {
        class: 'name',
        x: 11,
        y: (top + height - bottom) / 2,
        'text-anchor': 'middle',
        transform: `rotate(-90 11 ${(top + height - bottom) / 2})`,
      },
      names[1]
    )
  );
}

function xScale(low, high, ticks, write) {
  const length = PLOT.width - PLOT.left - PLOT.right;
  return { at: (value) => PLOT.left + (length * (value - low)) / (high - low), ticks, write };
}

function yScale(high, ticks, write) {
  const length = PLOT.height - PLOT.top - PLOT.bottom;
  return { at: (value) => PLOT.height - PLOT.bottom - (length * value) / high, ticks, write };
}

/** About four round steps from 0 or `low` up to `high`. */
function roundTicks(low, high) {
  const rough = Math.max((high - low) / 4, 1e-9);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max([1, 2, 5, 10].find((digit) => digit * power >= rough) * power, 1);
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
    ticks.push(tick);
  }
  return ticks;
}

function lengthFigure(title, lengths, what) {
  const bins = Math.max(lengths.counts[0].length, FEWEST_BINS);
  const end = lengths.start + bins * lengths.width;
  const most = Math.max(1, ...lengths.counts.flat());
  const x = xScale(lengths.start, end, roundTicks(lengths.start, end), count);
  const y = yScale(most, roundTicks(0, most), count);
  const present = lengths.counts
    .map((counts, run) => [counts, run])
    .filter(([counts]) => counts.some((n) => n > 0));
  const full = x.at(lengths.start + lengths.width) - x.at(lengths.start);
  const wide = (full - Math.min(2, full / 4)) / present.length;
  const drawn = present.map(([counts, run], place) =>
    counts.map((n, bin) => {
      const from = lengths.start + bin * lengths.width;
      return (
        n > 0 &&
        svg(
          'rect',
          {
            class: 'bar run' + (run % 6),
            x: x.at(from) + place * wide,
            width: Math.max(wide, 0.5),
            y: y.at(n),
            height: y.at(0) - y.at(n),
          },
          svg(
            'title',
            {},
            `${page.runs[run].name}: ${count(n)} ${what} of ${count(from)} to ${count(from + lengths.width - 1)} ${lengths.unit}`
          )
        )
      );
    })
  );
  return figure(
    title,
    frame(title, x, y, [lengths.unit, 'items'], drawn),
    el('span', { class: 'legend' }, legend(present.map(([, run]) => run)))
  );
}

function legend(runs) {
  return page.runs.length > 1 && runs.map(runChip);
}

function reliabilityFigure(confidence) {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const x = xScale(0, 1, ticks, String);
  const y = yScale(1, ticks, String);
  const drawn = [svg('line', { class: 'diagonal', x1: x.at(0), y1: y.at(0), x2: x.at(1), y2: y.at(1) })];
  confidence.forEach((one, run) => {
    if (!one) {
      return;
    }
    const points = one.bins.filter(([n]) => n > 0);
    drawn.push(
      svg('polyline', {
        class: 'path run' + (run % 6),
        points: points.map(([, sure, right]) => x.at(sure) + ',' + y.at(right)).join(' '),
      }),
      points.map(([n, sure, right]) =>
        svg(
          'g',
          {},
          svg(
            'title',
            {},
            `${page.runs[run].name}: ${count(n)} items, mean confidence ${fixed(sure, 3)}, right ${fixed(right, 3)}`
          ),
          mark(run, x.at(sure), y.at(right), 2.5 + 6 * Math.sqrt(n / one.items))
        )
      )
    );
  });
  const note = confidence.map(
    (one, run) =>
      one &&
      el(
        'span',
        { class: 'legend' },
        page.runs.length > 1 && runChip(run),
        ` ECE ${fixed(one.expectedError, 3)}, n ${count(one.items)}`
      )
  );
  return figure(
    'Reliability',
    frame('Reliability diagram', x, y, ['probability of the chosen answer', 'share right'], drawn),
    note
  );
}

function marginFigure(one, run) {
  const bins = one.right.length;
  const most = Math.max(1, ...one.right.map((n, bin) => n + one.wrong[bin]));
  const x = xScale(0, 1, [0, 0.25, 0.5, 0.75, 1], String);
  const y = yScale(most, roundTicks(0, most), count);
  const wide = x.at(1 / bins) - x.at(0) - 1.5;
  const hatch = 'hatch' + run;
  const drawn = one.right.map((right, bin) => {
    const wrong = one.wrong[bin];
    const at = x.at(bin / bins);
    return svg(
      'g',
      {},
      svg(
        'title',
        {},
        `margin ${fixed(bin / bins, 2)} to ${fixed((bin + 1) / bins, 2)}: ${count(right)} right, ${count(wrong)} wrong`
      ),
      svg('rect', { class: 'bar right', x: at, width: wide, y: y.at(right), height: y.at(0) - y.at(right) }),
      svg('rect', {
        class: 'bar wrong',
        fill: `url(#${hatch})`,
        x: at,
        width: wide,
        y: y.at(right + wrong),
        height: y.at(0) - y.at(wrong),
      })
    );
  });
  return figure(
    'Margin to the next answer',
    frame('Margin histogram', x, y, ['difference of probabilities', 'items'], [hatching(hatch), drawn]),
    el(
      'span',
      { class: 'legend' },
      legend([run]),
      el('span', { class: 'key right' }, 'right'),
      el('span', { class: 'key wrong' }, 'wrong')
    )
  );
}

/** Wrong ones differ from right ones by more than colour. */
function hatching(id) {
  return svg(
    'defs',
    {},
    svg(
      'pattern',
      { id, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('rect', { class: 'hatchground', width: 5, height: 5 }),
      svg('line', { class: 'hatchline', x1: 1, x2: 1, y1: 0, y2: 5 })
    )
  );
}
