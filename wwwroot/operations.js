// Keeps the operations page current: figures from the JSON, and what else changed from a fresh copy of the page. Never in a hidden tab or while paused.
import { clock, exactly, localTimes, number, size, text } from './words.js';

const every = 5000;
const words = { number, size, span: exactly };
const live = document.getElementById('live');
const connection = document.getElementById('connection');
const updated = document.getElementById('updated');
const pause = document.getElementById('pause');

let board = document.getElementById('board');
let shape = null;
let timer = 0;
let asking = false;
let paused = false;

/** What moves all the time: written into the page as it stands, or not shown. */
const figures = new Set([
  'at', 'seenAt', 'bytes', 'totalRows', 'oldestWaitSeconds', 'oldestLeaseSeconds',
  'rows', 'ageSeconds', 'leaseSeconds', 'waitSeconds', 'seconds', 'freeBytes', 'connections',
]);

const shapeOf = report => JSON.stringify(report, (name, value) => figures.has(name) ? undefined : value);

function wait() {
  clearTimeout(timer);
  if (!paused && !document.hidden) timer = setTimeout(look, every);
}

async function look() {
  if (asking || paused || document.hidden) return;
  clearTimeout(timer);
  asking = true;
  try {
    const answer = await fetch('/api/operations', { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(20_000) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    await show(await answer.json());
    if (!connection.hidden) live.textContent = text('Connected again');
    connection.hidden = true;
    updated.textContent = text('As of {0}', clock(new Date()));
  } catch {
    connection.textContent = text('ExportHub does not answer. What you see is the last that is known; it is asked again every few seconds.');
    if (connection.hidden) live.textContent = text('ExportHub does not answer');
    connection.hidden = false;
  } finally {
    asking = false;
    wait();
  }
}

async function show(report) {
  const now = shapeOf(report);
  if (now !== shape) await redraw();
  // Only what is shown is known: were the shape kept before, a failure while drawing would leave the old state for good.
  shape = now;
  for (const element of board.querySelectorAll('[data-figure]')) {
    const value = valueOf(element, report);
    if (typeof value === 'number') element.textContent = words[element.dataset.as](value);
  }
}

function valueOf(element, report) {
  const [list, id] = element.closest('[data-row]')?.dataset.row.split('/') ?? [];
  const whole = list ? report[list].find(entry => entry.id === id) : report;
  return element.dataset.figure.split('.').reduce((part, name) => part?.[name], whole);
}

/** Every state is drawn in one place: on the server. */
async function redraw() {
  const answer = await fetch(location.pathname, { cache: 'no-store', signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('board');
  localTimes(fresh);
  for (const open of board.querySelectorAll('details[id][open]')) fresh.querySelector(`#${open.id}`)?.setAttribute('open', '');
  const focused = document.activeElement;
  const level = board.querySelector('#state').dataset.level;
  board.replaceWith(fresh);
  board = fresh;
  if (!focused.isConnected) (document.getElementById(focused.id) ?? document.getElementById('title')).focus();
  if (board.querySelector('#state').dataset.level !== level) live.textContent = board.querySelector('#sentence').textContent;
}

pause.hidden = false;
pause.addEventListener('click', () => {
  paused = !paused;
  pause.textContent = text(paused ? 'Resume updates' : 'Pause updates');
  if (paused) clearTimeout(timer); else look();
});
document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : look());
addEventListener('pageshow', event => event.persisted && look());
updated.textContent = text('As of {0}', clock(new Date()));
wait();
