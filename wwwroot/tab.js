// What a browser tab shows to those who look at another one: the progress in its icon, and a notification when asked for.
const icon = document.querySelector('link[rel="icon"]');
const plain = icon.href;

/** A ring that fills, in the colour of what shows the status on the page. Null brings the page's own icon back. */
export function showInTab(percent, like) {
  if (percent === null) {
    icon.href = plain;
    return;
  }

  const { color } = getComputedStyle(like);
  const ring = dash => `<circle cx="16" cy="16" r="12" fill="none" stroke="${color}" stroke-width="7" pathLength="100" ${dash} transform="rotate(-90 16 16)"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${ring('opacity=".3"')}${ring(`stroke-dasharray="${percent} 100"`)}</svg>`;
  icon.href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const key = id => `tell-${id}`;

export const mayTell = () => 'Notification' in window && isSecureContext && Notification.permission !== 'denied';

/** Whether the reader wants to be told of this export; kept with the tab. */
export const isToTell = id => mayTell() && Notification.permission === 'granted' && sessionStorage.getItem(key(id)) !== null;

/** Asks for the permission; false when the reader does not give it. */
export async function askToTell(id) {
  if (await Notification.requestPermission() !== 'granted') return false;
  sessionStorage.setItem(key(id), 'yes');
  return true;
}

/** Tells once, and only who looks at something else. */
export function tell(id, title, body) {
  if (!isToTell(id)) return;
  sessionStorage.removeItem(key(id));
  if (!document.hidden) return;
  const told = new Notification(title, { body, tag: id, icon: plain });
  told.addEventListener('click', () => {
    focus();
    told.close();
  });
}
