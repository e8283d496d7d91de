// The request form, livelier: columns move in place, filters are redrawn by the server without leaving the page.
import { number, rowsOf, text, zone } from './words.js';

const form = document.querySelector('[data-request]');
if (form) {
  // A browser fills in fields by their place, which is wrong once columns were moved or filters added.
  form.autocomplete = 'off';
  await restore();
  const list = document.getElementById('columns');
  const live = document.getElementById('live');
  let redrawing;
  let writing;

  const zoneField = form.elements.timeZone;
  if ('guess' in zoneField.dataset) zoneField.value = zone;
  // After a reload the address is the same and the form another one.
  if (history.state) history.replaceState({ key: form.elements.key.value }, '');

  const rows = () => [...list.children];
  const titleOf = row => row.querySelector('[data-title]').textContent;

  function announceMove(row) {
    row.scrollIntoView({ block: 'nearest' });
    changed();
    live.textContent = text('{0} is now number {1} of {2}', titleOf(row), rows().indexOf(row) + 1, list.children.length);
  }

  function move(row, step) {
    const seen = rows().filter(other => !other.hidden);
    const neighbour = seen[seen.indexOf(row) + step];
    if (!neighbour) return;
    const focused = document.activeElement;
    step < 0 ? neighbour.before(row) : neighbour.after(row);
    // The button at the end of the list is hidden; its twin takes the focus.
    focused.focus();
    if (document.activeElement !== focused) row.querySelector(step < 0 ? '[value^="down:"]' : '[value^="up:"]').focus();
    announceMove(row);
  }

  /** Of a narrowed list, those that are seen. */
  function tickAll(ticked) {
    for (const row of rows()) if (!row.hidden) row.querySelector('[name="columns"]').checked = ticked;
    live.textContent = text(ticked ? 'All columns chosen' : 'No column chosen');
    changed();
  }

  /** Lets the server draw filters and sorting for what the form says now; any failure sends the form the plain way. */
  async function redraw(act, focus) {
    redrawing?.abort();
    redrawing = new AbortController();
    const body = new FormData(form);
    body.set('act', act);
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: redrawing.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of form.querySelectorAll('[data-redraw]')) part.replaceWith(drawn.getElementById(part.id));
      document.getElementById(focus())?.focus();
      changed();
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
    if (!/^(up|down|all|none|add-filter|remove-filter|remove-sort|redraw)$/.test(verb)) {
      clearTimeout(writing);
      writeAddress();
      return;
    }

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
    if (field === zoneField || field.name === 'dates') resolvePeriods();
    if (field.dataset.adds && field.value) redraw(field.dataset.adds, newestFilter);
    else if ('redraws' in field.dataset) redraw('redraw', () => field.id);
    changed();
  });

  form.addEventListener('input', changed);

  const find = form.querySelector('[data-find]');
  find.hidden = list.children.length < 8;
  const sought = document.getElementById('find-column');
  sought.addEventListener('input', event => {
    event.stopPropagation();
    const text = sought.value.trim().toLowerCase();
    for (const row of rows()) row.hidden = !`${titleOf(row)} ${row.dataset.column}`.toLowerCase().includes(text);
    document.getElementById('no-column').hidden = rows().some(row => !row.hidden);
  });
  sought.addEventListener('keydown', event => event.key === 'Enter' && event.preventDefault());

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
    const fill = (name, text) => { facts.querySelector(`[data-fact="${name}"]`).textContent = text; };
    const filters = form.querySelectorAll('.filter').length;
    const format = form.querySelector('[name="format"]:checked');
    const limit = form.elements.limit.value.trim();
    fill('columns', text('{0} of {1}', list.querySelectorAll(':checked').length, list.children.length));
    fill('filters', filters === 0 ? text('None') : number(filters));
    fill('rows', /^\d+$/.test(limit) ? text('{0} at most', rowsOf(Number(limit))) : text('All that match'));
    fill('file', format?.dataset.title ?? '–');
    facts.hidden = false;
  }

  /** The days of the relative periods in the time zone of the form, as the server works them out. */
  async function resolvePeriods() {
    const shown = document.getElementById('periods');
    if (!shown || form.elements.dates.value !== 'relative') return;
    try {
      const answer = await fetch(`${location.pathname}?timeZone=${encodeURIComponent(zoneField.value)}`);
      const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('periods');
      const chosen = form.elements.relative.value;
      shown.replaceWith(drawn);
      form.elements.relative.value = chosen;
    } catch {
      // They stay those of the earlier time zone, which the sentence beside them names.
    }
  }

  function changed() {
    summarise();
    clearTimeout(writing);
    writing = setTimeout(writeAddress, 400);
  }

  /** The address bar holds the choices; the key of the form goes with it, for who comes back. */
  function writeAddress() {
    const query = choices().toString().replace(/%(2C|3A|7C)/g, decodeURIComponent);
    const address = location.pathname + (query && `?${query}`);
    const tooLong = address.length > Number(form.dataset.longest);
    document.getElementById('address-too-long').hidden = !tooLong;
    history.replaceState({ key: form.elements.key.value }, '', tooLong ? location.pathname : address);
  }

  /** The same as FormAddress.cs writes. */
  function choices() {
    const data = new FormData(form);
    const parts = new URLSearchParams();
    const text = name => data.get(name)?.trim() ?? '';
    const columns = data.getAll('columns');
    if (columns.join() !== list.dataset.all) {
      for (const part of columns.some(name => name.includes(',')) ? columns : [columns.join()]) parts.append('columns', part);
    }

    for (let i = 0; data.has(`filters[${i}].column`); i++) {
      const field = name => text(`filters[${i}].${name}`);
      const moment = (day, time) => field(day) && field(time) ? `${field(day)}T${field(time)}` : field(day);
      const values = {
        isNull: () => [], isNotNull: () => [],
        in: () => [...data.getAll(`filters[${i}].chosen`), ...field('lines').split(/\s*[\r\n]\s*/).filter(Boolean)],
        between: () => [moment('value', 'time'), moment('upper', 'upperTime')],
      };
      values.notIn = values.in;
      const given = (values[field('op')] ?? (() => [moment('value', 'time')]))().map(value => value.replace(/[\\|]/g, '\\$&')).join('|');
      parts.append(field('group') ? `any${field('group')}` : 'filter', `${field('column')} ${field('op')} ${given}`.trimEnd());
    }

    const dates = { relative: [['period', 'relative']], range: [['firstDay', 'from'], ['lastDay', 'until']] }[data.get('dates')];
    for (const [name, source] of dates ? [['dateColumn', 'dateColumn'], ...dates] : []) if (text(source)) parts.append(name, text(source));
    for (let i = 0; data.has(`sort[${i}].column`); i++) {
      if (text(`sort[${i}].column`)) parts.append('sort', text(`sort[${i}].column`) + (data.get(`sort[${i}].descending`) === 'true' ? ' desc' : ''));
    }

    const usual = { timeZone: 'UTC', format: 'xlsx', profile: 'excel', compression: 'none', formulaGuard: 'true' };
    for (const name of ['limit', 'timeZone', 'format', 'profile', 'delimiter', 'culture', 'header', 'nullText', 'quote', 'lineEnd', 'bom', 'decimal', 'dateFormat',
      'compression', 'rowsPerFile', 'formulaGuard']) {
      const value = name === 'formulaGuard' ? data.get(name) ?? 'false' : text(name);
      if (value && value !== usual[name]) parts.append(name, value);
    }

    return parts;
  }

  addEventListener('pagehide', keep);
  summarise();
}

/** What was chosen is kept for this tab, under the key of the form. */
function keep() {
  try {
    const left = new FormData(form);
    for (const [name, value] of [...left]) if (value instanceof File) left.delete(name);
    sessionStorage.setItem(form.elements.key.value, new URLSearchParams(left));
  } catch {
    // A browser that may store nothing forgets.
  }
}

/**
 * After "Back", where the browser did not keep the whole page, the server draws the form as it was left.
 */
async function restore() {
  if (performance.getEntriesByType('navigation')[0]?.type !== 'back_forward') return;
  if (history.state && /=/.test(location.search)) {
    // The address holds the choices, and the server has drawn them; only the key is another.
    form.reset();
    form.elements.key.value = history.state.key;
    return;
  }

  form.inert = true;
  try {
    // The address may have been written since, and what it gave now is another form than the one that was left.
    const left = sessionStorage.getItem(history.state?.key ?? form.elements.key.value);
    if (!left) return;
    const body = new URLSearchParams(left);
    form.elements.key.value = body.get('key');
    body.set('act', 'redraw');
    body.set('__RequestVerificationToken', form.elements.__RequestVerificationToken.value);
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
