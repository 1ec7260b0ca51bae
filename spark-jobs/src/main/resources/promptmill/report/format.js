/* Numbers and texts as people read them. */

const MISSING = '–';

function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

function fixed(value, digits) {
  return isNumber(value) ? value.toFixed(digits).replace('-', '−') : MISSING;
}

function signed(value, digits) {
  return isNumber(value) ? (value > 0 ? '+' : '') + fixed(value, digits) : MISSING;
}

function count(value) {
  return isNumber(value) ? value.toLocaleString('en-US') : MISSING;
}

/** A score: four decimals, fewer for large values such as perplexities. */
function score(value) {
  return isNumber(value) && Math.abs(value) >= 100 ? count(Math.round(value * 100) / 100) : fixed(value, 4);
}

function interval(low, high, digits, plus) {
  if (!isNumber(low) || !isNumber(high)) {
    return MISSING;
  }
  const write = plus ? signed : fixed;
  return '[' + write(low, digits) + ', ' + write(high, digits) + ']';
}

function probability(p) {
  if (!isNumber(p)) {
    return MISSING;
  }
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

function percent(share) {
  return isNumber(share) ? (100 * share).toFixed(1) + ' %' : MISSING;
}

function duration(seconds) {
  if (!isNumber(seconds)) {
    return MISSING;
  }
  if (seconds < 120) {
    return seconds.toFixed(1) + ' s';
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? minutes + ' min' : Math.floor(minutes / 60) + ' h ' + (minutes % 60) + ' min';
}

function plural(number, one, many) {
  return count(number) + ' ' + (number === 1 ? one : many);
}

/** "acc,none" is "acc": a filter is named where there is one. */
function metricName(key) {
  return key.endsWith(',none') ? key.slice(0, -5) : key.replace(',', ', ');
}
