// The words of Quantity, Duration and ProgressWords, for what changes while a page is open, in the language of the page.

const { lang } = document.documentElement;
const translations = lang === 'de' ? (await import('./words.de.js')).default : {};
const locale = lang === 'de' ? 'de' : 'en-GB';
const whole = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, useGrouping: false });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const second = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });

export const zone = moment.resolvedOptions().timeZone;

/** As on the server the English sentence is the key; what comes after it stands at {0}, {1} and so on. */
export const text = (english, ...values) => (translations[english] ?? english).replace(/\{(\d)\}/g, (_, place) => values[place]);

export const number = value => whole.format(value);

export const clock = value => second.format(value);

export const rowsOf = value => value === 1 ? text('1 row') : text('{0} rows', number(value));

export function size(bytes) {
  if (bytes < 1000) return bytes === 1 ? text('1 byte') : text('{0} bytes', bytes);
  let unit = -1;
  let value = bytes;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.5 && unit < 3);
  return `${tenths.format(value < 99.95 ? value : Math.round(value))} ${['KB', 'MB', 'GB', 'TB'][unit]}`;
}

export function exactly(seconds) {
  if (seconds < 1) return text('less than a second');
  if (seconds < 1.5) return text('1 second');
  if (seconds < 59.5) return text('{0} seconds', Math.round(seconds));
  if (seconds < 3600) return text('{0} min {1} s', Math.floor(seconds / 60), Math.floor(seconds % 60));
  return text('{0} h {1} min', Math.floor(seconds / 3600), Math.floor(seconds % 3600 / 60));
}

export function about(seconds) {
  if (seconds < 10) return text('a few seconds');
  if (seconds < 55) return text('about {0} seconds', Math.ceil(seconds / 10) * 10);
  if (seconds < 90) return text('about a minute');
  if (seconds < 55 * 60) return text('about {0} minutes', Math.round(seconds / 60));
  if (seconds < 90 * 60) return text('about an hour');
  return text('about {0} hours', Math.round(seconds / 3600));
}

export function progress({ rows, totalRows, totalIsExact, bytes, etaSeconds }) {
  const counted = totalRows === null || totalRows < rows ? rowsOf(rows)
    : text(totalIsExact ? '{0} of {1}' : '{0} of about {1}', number(rows), rowsOf(totalRows));
  return counted + (bytes > 0 ? `, ${size(bytes)}` : '') + (etaSeconds === null ? '' : `, ${text('{0} left', about(etaSeconds))}`);
}

export const pace = rowsPerSecond =>
  rowsPerSecond < 1 ? text('Less than a row a second') : text('About {0} a second', rowsOf(Math.round(rowsPerSecond)));

export function waiting(queue) {
  switch (queue.waitsFor) {
    case 'retry': return text('It waits a moment before it is tried again.');
    case 'administrator': return text('An administrator has stopped the start of exports for a while. It starts by itself afterwards.');
    case 'ownExports': return `${text('As many of your exports are running as may run at a time.')} ${place(queue)}`;
    default: return place(queue);
  }
}

function place({ position, etaSeconds }) {
  const turn = position > 1 ? text('It is {0} in line', ordinal(position)) : text('It is next in line');
  return `${turn}${etaSeconds === null ? '' : `, ${text('{0} until the file is ready', about(etaSeconds))}`}.`;
}

function ordinal(value) {
  switch (Math.floor(value / 10) % 10 === 1 ? 0 : value % 10) {
    case 1: return text('{0}st', number(value));
    case 2: return text('{0}nd', number(value));
    case 3: return text('{0}rd', number(value));
    default: return text('{0}th', number(value));
  }
}

/** Shows the times under root in the reader's own zone; the exact UTC time stays as a tooltip. */
export function localTimes(root) {
  for (const time of root.querySelectorAll('time[data-local]')) {
    time.title = time.textContent.trim();
    const local = moment.format(new Date(time.dateTime));
    time.textContent = time.dataset.local === 'zone' ? `${local} (${zone})` : local;
    time.removeAttribute('data-local');
  }
}
