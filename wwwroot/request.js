// The request form, livelier: columns move in place, filters are redrawn by the server without leaving the page.
import { of, number, zone } from './words.js';

const form = document.querySelector('[data-request]');
if (form) {
  await restore();
  const list = document.getElementById('columns');
  const live = document.getElementById('live');
  let redrawing;

  const zoneField = form.querySelector('[data-guess]');
  if (zoneField) zoneField.value = zone;

  const rows = () => [...list.children];
  const titleOf = row => row.querySelector('[data-title]').textContent;

  function announceMove(row) {
    row.scrollIntoView({ block: 'nearest' });
    live.textContent = `${titleOf(row)} is now number ${rows().indexOf(row) + 1} of ${list.children.length}`;
  }

  function move(row, step) {
    const neighbour = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!neighbour) return;
    const focused = document.activeElement;
    step < 0 ? neighbour.before(row) : neighbour.after(row);
    // The button at the end of the list is hidden; its twin takes the focus.
    focused.focus();
    if (document.activeElement !== focused) row.querySelector(step < 0 ? '[value^="down:"]' : '[value^="up:"]').focus();
    announceMove(row);
  }

  function tickAll(ticked) {
    for (const box of list.querySelectorAll('[name="columns"]')) box.checked = ticked;
    live.textContent = ticked ? 'All columns chosen' : 'No column chosen';
    summarise();
  }

  /** Lets the server draw filters and sorting for what the form says now; any failure sends the form the plain way. */
  async function redraw(act, focus) {
    redrawing?.abort();
    redrawing = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set('act', act);
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: redrawing.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of form.querySelectorAll('[data-redraw]')) part.replaceWith(drawn.getElementById(part.id));
      document.getElementById(focus())?.focus();
      summarise();
    } catch (error) {
      if (error.name === 'AbortError') return;
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'act', value: act });
      form.append(field);
      form.submit();
    }
  }

  const newestFilter = () => `filter-${form.querySelectorAll('.filter').length - 1}-op`;

  form.addEventListener('submit', event => {
    const [verb, subject] = (event.submitter?.value ?? 'export').split(/:(.*)/);
    if (!/^(up|down|all|none|add-filter|remove-filter|remove-sort|redraw)$/.test(verb)) return;
    event.preventDefault();
    const row = event.submitter.closest('[data-column]');
    if (verb === 'up') move(row, -1);
    else if (verb === 'down') move(row, 1);
    else if (verb === 'all' || verb === 'none') tickAll(verb === 'all');
    else if (verb === 'add-filter') redraw(verb, newestFilter);
    else if (verb === 'remove-filter') redraw(`${verb}:${subject}`, () => 'add-filter');
    else redraw(subject === undefined ? verb : `${verb}:${subject}`, () => 'sort-0');
  });

  form.addEventListener('change', event => {
    const field = event.target;
    if (field.dataset.adds && field.value) redraw(field.dataset.adds, newestFilter);
    else if ('redraws' in field.dataset) redraw('redraw', () => field.id);
    summarise();
  });

  form.addEventListener('input', summarise);

  // Enter means the button of the part one is in, not the export.
  document.getElementById('template')?.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target.matches('input')) {
      event.preventDefault();
      event.currentTarget.querySelector('button').click();
    }
  });

  list.addEventListener('keydown', event => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(event.target.closest('[data-column]'), event.key === 'ArrowUp' ? -1 : 1);
    }
  });

  list.addEventListener('pointerdown', event => {
    const grip = event.target.closest('.grip');
    if (!grip) return;
    event.preventDefault();
    const row = grip.closest('[data-column]');
    row.classList.add('lifted');
    const follow = at => {
      const before = rows().find(other => other !== row && at.clientY < other.getBoundingClientRect().top + other.offsetHeight / 2);
      if (before !== row.nextElementSibling || !before) list.insertBefore(row, before ?? null);
      row.scrollIntoView({ block: 'nearest' });
    };
    const drop = () => {
      row.classList.remove('lifted');
      removeEventListener('pointermove', follow);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', drop);
      announceMove(row);
    };
    addEventListener('pointermove', follow);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', drop);
  });

  function summarise() {
    const facts = form.querySelector('[data-summary]');
    const say = (name, text) => { facts.querySelector(`[data-fact="${name}"]`).textContent = text; };
    const filters = form.querySelectorAll('.filter').length;
    const format = form.querySelector('[name="format"]:checked');
    const limit = form.elements.limit.value.trim();
    say('columns', `${list.querySelectorAll(':checked').length} of ${list.children.length}`);
    say('filters', filters === 0 ? 'None' : number(filters));
    say('rows', /^\d+$/.test(limit) ? `${of(Number(limit), 'row')} at most` : 'All that match');
    say('file', format?.dataset.title ?? '–');
    facts.hidden = false;
  }

  addEventListener('pagehide', keep);
  summarise();
}

/** What was chosen is kept for this tab, under the key of the form. */
function keep() {
  try {
    sessionStorage.setItem(form.elements.key.value, new URLSearchParams(new FormData(form)));
  } catch {
    // A browser that may store nothing forgets.
  }
}

/**
 * After "Back", a browser that did not keep the whole page fills in the fields by their place, which is wrong once columns were moved or filters
 * added. So the server draws the form as it was left.
 */
async function restore() {
  if (performance.getEntriesByType('navigation')[0]?.type !== 'back_forward') return;
  form.inert = true;
  try {
    const left = sessionStorage.getItem(form.elements.key.value);
    if (!left) return;
    const body = new URLSearchParams(left);
    body.set('act', 'redraw');
    const answer = await fetch(form.action, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
    form.querySelector('.request-fields').replaceWith(drawn.querySelector('.request-fields'));
  } catch {
    // What the browser filled in cannot be trusted, a fresh form can.
    form.reset();
  } finally {
    form.inert = false;
  }
}
