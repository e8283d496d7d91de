// The pace of one attempt as a small line, from the rows that each poll tells; with its figures as a table for who hears the page.
import { number, pace as words, text } from './words.js';

const most = 60;
const told = 12;
const [wide, high] = [160, 32];
const ns = 'http://www.w3.org/2000/svg';

let attempt = null;
let last = null;
let points = [];

/** Takes what a poll said into the line, and draws it where the page has a place for it. */
export function showPace(panel, { attempt: number_, progress }) {
  if (attempt !== number_) {
    attempt = number_;
    last = null;
    points = [];
  }

  const now = { at: Date.now(), rows: progress.rows };
  if (last && now.at > last.at && now.rows > last.rows) points = [...points, (now.rows - last.rows) * 1000 / (now.at - last.at)].slice(-most);
  if (!last || now.rows > last.rows) last = now;
  draw(panel.querySelector('[data-pace]'), progress.rowsPerSecond);
}

function draw(place, average) {
  if (!place) return;
  place.querySelector('[data-rate]').textContent = average === null ? '' : words(average);
  place.querySelectorAll('svg, table').forEach(old => old.remove());
  if (points.length < 3) return;
  place.prepend(line());
  place.append(table());
}

function line() {
  const top = Math.max(...points) * 1.1;
  const across = points.map((rate, n) => `${(n * wide / (points.length - 1)).toFixed(1)},${(high - rate * high / top).toFixed(1)}`).join(' ');
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', `0 0 ${wide} ${high}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, corners] of [['polygon', `0,${high} ${across} ${wide},${high}`], ['polyline', across]]) {
    const shape = document.createElementNS(ns, name);
    shape.setAttribute('points', corners);
    svg.append(shape);
  }

  return svg;
}

function table() {
  const made = document.createElement('table');
  made.className = 'visually-hidden';
  made.createCaption().textContent = text('Rows a second, the latest last');
  const body = made.createTBody();
  for (const rate of points.slice(-told)) body.insertRow().insertCell().textContent = number(Math.round(rate));
  return made;
}
