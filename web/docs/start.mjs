/** Fetches the document a page is about, shows it, and listens to the two things one can do: look for words, and try a route. */
import { eventsPage } from './events.mjs';
import { routesPage } from './routes.mjs';
import { elementOf, h } from './tree.mjs';
import { answerTree, requestOf } from './try.mjs';

const content = document.querySelector('#content');
const contents = document.querySelector('#contents');
const status = document.querySelector('#status');
const filter = document.querySelector('#filter');
const token = document.querySelector('#token');

const show = (place, ...trees) => place.replaceChildren(...trees.flat(Infinity).filter(Boolean).map(elementOf));

const load = async () => {
  const source = content.dataset.document;
  try {
    const response = await fetch(source);
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const page = (content.dataset.page === 'events' ? eventsPage : routesPage)(await response.json());
    show(contents, page.contents);
    show(content, page.content);
    status.textContent = '';
    openNamed();
  } catch (error) {
    show(
      status,
      h('span', {}, `${source} could not be read: ${error.message}. `),
      h('button', { type: 'button' }, 'Try again'),
    );
    status.querySelector('button').addEventListener('click', () => void load());
  }
};

/** A link to an entry opens it. */
const openNamed = () => {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!named) return;
  if (named.tagName === 'DETAILS') named.open = true;
  named.scrollIntoView();
};

const narrow = () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const entry of content.querySelectorAll('.entry')) {
    entry.hidden = !words.every((word) => entry.dataset.words.includes(word));
    if (!entry.hidden) found++;
  }
  for (const group of content.querySelectorAll('.group'))
    group.hidden = group.querySelectorAll('.entry:not([hidden])').length === 0 && words.length > 0;
  status.textContent = words.length > 0 ? `${found} found` : '';
};

const send = async (form) => {
  const place = form.querySelector('.answer');
  const button = form.querySelector('button');
  const fields = [...form.querySelectorAll('input')].map(({ name, value, dataset }) => ({
    name,
    value: value.trim(),
    where: dataset.in,
  }));
  const { url, headers } = requestOf(form.dataset.path, fields, token?.value.trim() ?? '');
  button.disabled = true;
  const startedAt = performance.now();
  try {
    const response = await fetch(url, { headers, cache: 'no-store' });
    const text = await response.text();
    const ms = Math.round(performance.now() - startedAt);
    show(
      place,
      answerTree({ status: response.status, statusText: response.statusText, ms, headers: response.headers, text }),
    );
  } catch (error) {
    show(place, h('p', {}, `No answer: ${error.message}`));
  }
  button.disabled = false;
};

filter.addEventListener('input', narrow);
addEventListener('hashchange', openNamed);
content.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(event.target);
});
void load();
