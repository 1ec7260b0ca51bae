/* Elements. Texts of documents enter the page through text nodes alone. */

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child);
    }
  }
  return node;
}

function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Replaces what is in a node; the control in use keeps the keyboard if its data-key is there again. */
function show(node, ...children) {
  const key = node.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  node.replaceChildren(...children.flat(Infinity).filter((child) => child));
  const again = key && node.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (again) {
    again.focus({ preventScroll: true });
  }
}

/** A drawing with a text that says what it shows. */
function drawing(width, height, label, ...children) {
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label },
    svg('title', {}, label),
    ...children
  );
}

/** Runs differ by colour and by shape. */
function mark(run, x, y, size) {
  const r = size;
  const at = { class: 'mark run' + (run % 6) };
  switch (run % 4) {
    case 0:
      return svg('circle', { ...at, cx: x, cy: y, r });
    case 1:
      return svg('rect', { ...at, x: x - r, y: y - r, width: 2 * r, height: 2 * r });
    case 2:
      return svg('path', { ...at, d: `M${x} ${y - 1.3 * r}L${x + 1.2 * r} ${y + r}H${x - 1.2 * r}Z` });
    default:
      return svg('path', {
        ...at,
        d: `M${x} ${y - 1.4 * r}L${x + 1.4 * r} ${y}L${x} ${y + 1.4 * r}L${x - 1.4 * r} ${y}Z`,
      });
  }
}

function runChip(run) {
  return el(
    'span',
    { class: 'chip' },
    svg('svg', { viewBox: '0 0 14 14', width: 14, height: 14, 'aria-hidden': 'true' }, mark(run, 7, 7, 4.5)),
    page.runs[run].name
  );
}

function labelled(text, control) {
  control.dataset.key = 'field ' + text;
  return el('label', { class: 'field' }, el('span', {}, text), control);
}

function select(options, value, onchange) {
  return el(
    'select',
    { onchange: (event) => onchange(event.target.value) },
    options.map(([key, text]) => el('option', { value: key, selected: key === value }, text))
  );
}

/** Rows of cells; numbers right-aligned. A cell is a text, a node or null. */
function table(caption, columns, rows) {
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el(
      'table',
      {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, columns.map(headerCell))),
      el(
        'tbody',
        {},
        rows.map((row) =>
          el(
            'tr',
            { class: row.class, hidden: row.hidden },
            row.cells.map((cell, i) =>
              i === 0
                ? el('th', { scope: 'row', class: row.headClass }, cell)
                : el('td', { class: columns[i].text ? null : 'number' }, cell)
            )
          )
        )
      )
    )
  );
}

function headerCell(column) {
  const content = column.sort
    ? el(
        'button',
        { type: 'button', class: 'sort', 'data-key': 'sort ' + column.name, onclick: column.sort },
        column.name,
        el('span', { 'aria-hidden': 'true' }, column.sorted || '')
      )
    : column.name;
  const sorted = column.sorted ? (column.sorted === ' ▲' ? 'ascending' : 'descending') : null;
  return el(
    'th',
    { scope: 'col', title: column.title, class: column.text ? null : 'number', 'aria-sort': sorted },
    content
  );
}
