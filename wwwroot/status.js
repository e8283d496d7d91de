// Follows one export: asks when the server said to ask, in a hidden tab only for who wants to be told, and keeps the last state when the line is down.
import { showPace } from './pace.js';
import { askToTell, isToTell, mayTell, showInTab, tell } from './tab.js';
import { localTimes, progress, text, waiting } from './words.js';

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

// A tab that nobody sees asks nothing, unless its reader waits for a notification.
const isResting = () => document.hidden && !isToTell(panel.dataset.id);

function speak(text) {
  spokenAt = Date.now();
  live.textContent = text;
}

function askIn(seconds) {
  clearTimeout(timer);
  if (!isResting() && !isOver()) timer = setTimeout(ask, seconds * 1000);
}

async function ask() {
  if (asking || isResting() || isOver()) return;
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
  if (failures > 0) speak(text('Connected again'));
  failures = 0;
  clearInterval(ticker);
  connection.hidden = true;
}

function lost(atLeast = 0) {
  failures++;
  let left = Math.min(longestWait, Math.max(atLeast ?? 0, 2 ** failures));
  const countDown = () => { connection.textContent = left === 1
    ? text('Connection lost, trying again in 1 second. The export goes on meanwhile.')
    : text('Connection lost, trying again in {0} seconds. The export goes on meanwhile.', left); };
  countDown();
  connection.hidden = false;
  if (failures === 1) speak(text('Connection lost. The export goes on meanwhile.'));
  clearInterval(ticker);
  ticker = setInterval(() => {
    left = Math.max(1, left - 1);
    countDown();
  }, 1000);
  askIn(left);
}

async function show(document_) {
  const { status, attempt, cancelRequested, poll } = document_;
  const known = panel.dataset;
  const changed = status !== known.status || `${attempt}` !== known.attempt || `${cancelRequested}` !== known.canceling;
  if (changed) await redraw();
  connected();
  if (status === 'running') showPace(panel, document_);
  if (changed) {
    const headline = panel.querySelector('h2').textContent;
    speak(headline);
    if (!poll) tell(panel.dataset.id, headline, panel.dataset.title);
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
  showInTab(percent, bar);
  document.title = `${percent} % – ${panel.dataset.title} – ExportHub`;
  const quarter = Math.floor(percent / 25);
  if (quarter > spokenQuarter && Date.now() - spokenAt > 10_000) {
    spokenQuarter = quarter;
    speak(text('{0} percent done', percent));
  }
}

/** What the server has drawn is where the bar and the icon of the tab begin. */
function begin() {
  percent = Number(panel.querySelector('[data-progress]')?.getAttribute('value') ?? 0);
  spokenQuarter = Math.floor(percent / 25);
  const shown = { completed: 100, failed: 100, canceled: null, expired: null }[panel.dataset.status];
  showInTab(shown === undefined ? percent : shown, panel.querySelector('progress') ?? panel.querySelector('.badge'));
  offerToTell();
}

function offerToTell() {
  const button = document.getElementById('tell');
  if (!button || !mayTell()) return;
  button.hidden = isToTell(panel.dataset.id);
  button.addEventListener('click', async () => {
    const agreed = await askToTell(panel.dataset.id);
    button.hidden = true;
    document.getElementById('title').focus();
    speak(agreed
      ? text('You will be told when it is ready, as long as this tab stays open.')
      : text('Your browser was not allowed to tell you. The export goes on all the same.'));
  });
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
  begin();
  document.title = page.title;
  if (!focused.isConnected) (document.getElementById(focused.id) ?? document.getElementById('title')).focus();
}

const comeBack = () => { if (!document.hidden) ask(); };

document.addEventListener('visibilitychange', () => isResting() ? clearTimeout(timer) : document.hidden || ask());
addEventListener('online', comeBack);
addEventListener('pageshow', event => event.persisted && comeBack());

begin();
askIn(Number(panel.dataset.after));
