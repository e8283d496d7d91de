// The words of Quantity, Duration and ProgressWords, for what changes while a page is open.

const english = new Intl.NumberFormat('en-US');
const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const zone = moment.resolvedOptions().timeZone;

/** The sentence with `{0}` and so on filled in; the English one is the key. */
export const say = (english, ...values) => english.replace(/\{(\d)\}/g, (_, place) => values[place]);

export const number = value => english.format(value);

export const of = (value, one) => value === 1 ? `1 ${one}` : `${number(value)} ${one}s`;

export function size(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }

  return bytes === 1 ? '1 byte' : `${value.toFixed(unit > 0 && value < 99.95 ? 1 : 0).replace(/\.0$/, '')} ${units[unit]}`;
}

export function exactly(seconds) {
  if (seconds < 1) return 'less than a second';
  if (seconds < 1.5) return '1 second';
  if (seconds < 59.5) return `${Math.round(seconds)} seconds`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}

export function about(seconds) {
  if (seconds < 10) return 'a few seconds';
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} seconds`;
  if (seconds < 90) return 'about a minute';
  if (seconds < 55 * 60) return `about ${Math.round(seconds / 60)} minutes`;
  if (seconds < 90 * 60) return 'about an hour';
  return `about ${Math.round(seconds / 3600)} hours`;
}

export function progress({ rows, totalRows, totalIsExact, bytes, etaSeconds }) {
  const counted = totalRows !== null && totalRows >= rows
    ? `${number(rows)} of ${totalIsExact ? '' : 'about '}${of(totalRows, 'row')}`
    : of(rows, 'row');
  return counted + (bytes > 0 ? `, ${size(bytes)}` : '') + (etaSeconds === null ? '' : `, ${about(etaSeconds)} left`);
}

export const pace = rowsPerSecond =>
  rowsPerSecond < 1 ? say('Less than a row a second') : say('About {0} a second', of(Math.round(rowsPerSecond), 'row'));

export function waiting(queue) {
  switch (queue.waitsFor) {
    case 'retry': return 'It waits a moment before it is tried again.';
    case 'administrator': return 'An administrator has stopped the start of exports for a while. It starts by itself afterwards.';
    case 'ownExports': return `As many of your exports are running as may run at a time. It is ${place(queue)}.`;
    default: return `It is ${place(queue)}.`;
  }
}

function place({ position, etaSeconds }) {
  const turn = position > 1 ? ordinal(position) : 'next';
  return `${turn} in line${etaSeconds === null ? '' : `, ${about(etaSeconds)} until the file is ready`}`;
}

function ordinal(value) {
  const ending = Math.floor(value / 10) % 10 === 1 ? 'th' : ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
  return number(value) + ending;
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
