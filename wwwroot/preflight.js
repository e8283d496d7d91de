// What the form would come to, drawn by the server while it is filled in. One question at a time, and none while nobody looks.
const place = document.getElementById('preflight');
const form = place?.closest('form');
if (form) {
  const rest = 400;
  const line = document.getElementById('preflight-line');
  const body = document.getElementById('preflight-body');
  let timer;
  let running;
  let asked;

  const filled = () => {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete('key');
    return fields;
  };

  function later(wait = rest) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  function say(text) {
    if (line.textContent !== text) line.textContent = text;
  }

  async function ask() {
    const fields = filled();
    if (document.hidden || form.inert || form.dataset.sent || `${fields}` === asked) return;
    running?.abort();
    const mine = running = new AbortController();
    asked = `${fields}`;
    place.classList.add('asking');
    if (!body.firstElementChild) say(place.dataset.asking);
    try {
      const answer = await fetch(place.dataset.preflight, { method: 'POST', body: fields, signal: mine.signal });
      if (answer.status === 429) {
        asked = null;
        later(1000 * (Number(answer.headers.get('Retry-After')) || 5));
        return;
      }

      if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
      const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
      const scrolled = body.querySelector('.sample')?.scrollLeft;
      const read = body.contains(document.activeElement);
      body.replaceChildren(...drawn.childNodes);
      const sample = body.querySelector('.sample');
      if (sample && scrolled) sample.scrollLeft = scrolled;
      if (read) sample?.focus({ preventScroll: true });
      say(body.querySelector('[data-line]').dataset.line);
      place.classList.remove('asking');
    } catch (error) {
      if (error.name === 'AbortError') return;
      asked = null;
      body.replaceChildren();
      say(place.dataset.lost);
      place.classList.remove('asking');
    }
  }

  for (const event of ['input', 'change', 'submit']) form.addEventListener(event, () => later());
  // Filters that the server has drawn and columns that were moved are no input.
  new MutationObserver(() => later()).observe(form.querySelector('.request-fields').parentElement, { childList: true, subtree: true });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) later(0); });
  addEventListener('pagehide', () => { running?.abort(); asked = null; });
  addEventListener('pageshow', event => { if (event.persisted) later(0); });
  later(0);
}
