/* What is looked at, kept in the address after '#', so that a view can be linked to. */

const VIEW_DEFAULTS = {
  score: '',
  order: 'outline',
  closed: '',
  task: '',
  show: 'all',
  run: '0',
  metric: '',
  text: '',
  page: '1',
  plot: '',
};

let view = readView();
const viewListeners = [];

/** #task=mmlu&show=wrong; 'wrong=1' is short for 'show=wrong'. */
function readView() {
  const given = new URLSearchParams(location.hash.slice(1));
  const read = { ...VIEW_DEFAULTS };
  for (const [name, value] of given) {
    if (name in VIEW_DEFAULTS) {
      read[name] = value;
    } else if (['wrong', 'failed', 'truncated', 'flipped'].includes(name) && value === '1') {
      read.show = name;
    }
  }
  return read;
}

function viewHash(changes) {
  const next = { ...view, ...changes };
  const hash = new URLSearchParams();
  for (const [name, fallback] of Object.entries(VIEW_DEFAULTS)) {
    if (next[name] !== fallback) {
      hash.set(name, next[name]);
    }
  }
  return '#' + hash.toString();
}

function setView(changes) {
  const changed = Object.keys(changes);
  view = { ...view, ...changes };
  history.replaceState(null, '', viewHash({}));
  viewListeners.forEach((listener) => listener(changed));
}

/** A link to a view of the samples. */
function samplesLink(text, changes) {
  const target = { text: '', page: '1', metric: '', ...changes };
  return el(
    'a',
    {
      href: viewHash(target),
      onclick: (event) => {
        event.preventDefault();
        setView(target);
        const samples = document.getElementById('samples');
        samples.focus({ preventScroll: true });
        samples.scrollIntoView();
      },
    },
    text
  );
}

window.addEventListener('hashchange', () => {
  view = readView();
  viewListeners.forEach((listener) => listener(Object.keys(VIEW_DEFAULTS)));
});
