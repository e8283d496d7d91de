// Follows one export: asks when the server said to ask, never in a hidden tab, and keeps the last state when the line is down.
import { localTimes, progress, waiting } from './words.js';

const live = document.getElementById('live');
const connection = document.getElementById('connection');
const longestWait = 60;

let panel = document.getElementById('export');
let next = panel.dataset.next;
let tag = null;
let failures = 0;
let timer = 0;
let ticker = 0;
let asking = false;
let percent = 0;
let spokenQuarter = 0;
let spokenAt = 0;

const isOver = () => !next;

function speak(text) {
  spokenAt = Date.now();
  live.textContent = text;
}

function askIn(seconds) {
  clearTimeout(timer);
  if (!document.hidden && !isOver()) timer = setTimeout(ask, seconds * 1000);
}

async function ask() {
  if (asking || document.hidden || isOver()) return;
  clearTimeout(timer);
  asking = true;
  try {
    const headers = tag ? { Accept: 'application/json', 'If-None-Match': tag } : { Accept: 'application/json' };
    const answer = await fetch(next, { headers, cache: 'no-store', signal: AbortSignal.timeout(20_000) });
    if (answer.status === 304) {
      next = nextOf(answer) ?? next;
      connected();
      askIn(secondsOf(answer) ?? 5);
    } else if (answer.ok) {
      await show(await answer.json());
      // Only what is shown is known: were the tag kept before, a failure while drawing would leave the old state for good.
      tag = answer.headers.get('ETag');
    } else if (answer.status === 429 || answer.status >= 500) {
      lost(secondsOf(answer));
    } else {
      // Gone, or no longer ours: the page itself knows how to say it.
      location.reload();
    }
  } catch {
    lost();
  } finally {
    asking = false;
  }
}

const secondsOf = answer => Number(answer.headers.get('Retry-After')) || null;

const nextOf = answer => /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.get('Link') ?? '')?.[1];

function connected() {
  if (failures > 0) speak('Connected again');
  failures = 0;
  clearInterval(ticker);
  connection.hidden = true;
}

function lost(atLeast = 0) {
  failures++;
  let left = Math.min(longestWait, Math.max(atLeast ?? 0, 2 ** failures));
  const say = () => { connection.textContent = `Connection lost, trying again in ${left} ${left === 1 ? 'second' : 'seconds'}. The export goes on meanwhile.`; };
  say();
  connection.hidden = false;
  if (failures === 1) speak('Connection lost. The export goes on meanwhile.');
  clearInterval(ticker);
  ticker = setInterval(() => {
    left = Math.max(1, left - 1);
    say();
  }, 1000);
  askIn(left);
}

async function show(document_) {
  const { status, attempt, cancelRequested, poll } = document_;
  const known = panel.dataset;
  const changed = status !== known.status || `${attempt}` !== known.attempt || `${cancelRequested}` !== known.canceling;
  if (changed) await redraw();
  connected();
  if (changed) {
    speak(panel.querySelector('h2').textContent);
  } else if (status === 'running') {
    showProgress(document_.progress);
  } else if (status === 'queued') {
    panel.querySelector('[data-detail]').textContent = waiting(document_.queue);
  }

  next = poll?.next;
  askIn(poll?.afterSeconds ?? 0);
}

function showProgress(now) {
  const bar = panel.querySelector('[data-progress]');
  panel.querySelector('[data-detail]').textContent = progress(now);
  if (now.percent === null) {
    bar.removeAttribute('value');
    return;
  }

  // Within an attempt the bar only grows; a new attempt redraws the panel and begins anew.
  percent = Math.max(percent, Math.min(99, now.percent));
  bar.value = percent;
  panel.querySelector('[data-percent]').textContent = `${percent} %`;
  document.title = `${percent} % – ${panel.dataset.title} – ExportHub`;
  const quarter = Math.floor(percent / 25);
  if (quarter > spokenQuarter && Date.now() - spokenAt > 10_000) {
    spokenQuarter = quarter;
    speak(`${percent} percent done`);
  }
}

/** Takes the changed parts from a fresh copy of this page, so that every state is drawn in one place: on the server. */
async function redraw() {
  const answer = await fetch(location.pathname, { cache: 'no-store', signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const focused = document.activeElement;
  for (const id of ['export', 'actions', 'record-of']) {
    const part = page.getElementById(id);
    localTimes(part);
    document.getElementById(id).replaceWith(part);
  }

  panel = document.getElementById('export');
  percent = 0;
  spokenQuarter = 0;
  document.title = page.title;
  if (!focused.isConnected) (document.getElementById(focused.id) ?? document.getElementById('title')).focus();
}

const comeBack = () => { if (!document.hidden) ask(); };

document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : ask());
addEventListener('online', comeBack);
addEventListener('pageshow', event => event.persisted && comeBack());

percent = Number(panel.querySelector('[data-progress]')?.getAttribute('value') ?? 0);
spokenQuarter = Math.floor(percent / 25);
askIn(Number(panel.dataset.after));
