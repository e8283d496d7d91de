// The form of a definition, livelier: the server draws the preview anew a moment after something was typed, and the columns when another table is read.
const form = document.querySelector('[data-dataset]');
const pause = 700;
let timer = 0;
let asking;

async function draw(columnsToo) {
  asking?.abort();
  asking = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.set('act', 'preview');
  const preview = document.getElementById('preview');
  preview.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(form.action, { method: 'POST', body, signal: asking.signal });
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const open = preview.querySelector('details').open;
    preview.replaceWith(drawn.getElementById('preview'));
    document.querySelector('#preview details').open = open;
    if (columnsToo) for (const id of ['column-fields', 'dateColumn']) document.getElementById(id).replaceWith(drawn.getElementById(id));
  } catch {
    // Left, typed on, or no answer: the button “Show preview” says more.
  } finally {
    document.getElementById('preview').removeAttribute('aria-busy');
  }
}

if (form) {
  let columnsToo = false;
  const soon = event => {
    if (event.target.name === 'saveBroken' || event.target.name === 'replace') return;
    columnsToo ||= event.target.hasAttribute('data-reads');
    clearTimeout(timer);
    timer = setTimeout(() => {
      draw(columnsToo);
      columnsToo = false;
    }, pause);
  };
  form.addEventListener('input', soon);
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    asking?.abort();
  });
}
