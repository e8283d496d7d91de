// On every page: local times, focus on what is wrong, one request for a double click.
import { localTimes, text, zone } from './words.js';

document.documentElement.classList.add('scripted');
localTimes(document);
for (const field of document.querySelectorAll('input[data-zone]')) field.value ||= zone;
for (const field of document.querySelectorAll('input[data-guess]')) field.value = zone;
document.getElementById('zone').textContent = text('Times are in your time zone, {0}', zone);

document.querySelector('[data-look]')?.addEventListener('change', event => event.currentTarget.requestSubmit());

const summary = document.querySelector('[data-focus]');
summary?.focus();
summary?.addEventListener('click', event => {
  const field = event.target.closest('a') && document.getElementById(event.target.closest('a').hash.slice(1));
  if (field) {
    event.preventDefault();
    field.scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
  }
});

// The server makes one export of a double click too; this spares the second request and shows that the first went out.
document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }

  form.dataset.sent = 'true';
  form.querySelectorAll('button[type="submit"]').forEach(button => button.setAttribute('aria-disabled', 'true'));
});

// Back from the next page: the form is as it was, and may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-disabled]').forEach(button => button.removeAttribute('aria-disabled'));
  }
});
