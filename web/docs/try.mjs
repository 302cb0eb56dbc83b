/** Asks a route that only reads, and shows what it answers. */
import { h, inline } from './tree.mjs';

export const tryForm = ({ operationId, path, parameters = [], security = [] }) =>
  h(
    'form',
    { class: 'try', 'data-path': path },
    h('h3', {}, 'Try it'),
    security.length > 0 && h('p', { class: 'quiet' }, 'With the access token at the top of this page.'),
    parameters
      .filter(({ in: where }) => where !== 'cookie')
      .map(({ name, in: where, required, schema }) => {
        const id = `${operationId}-${name}`;
        return h(
          'p',
          { class: 'ask' },
          h('label', { for: id }, h('code', {}, name), ` in the ${where}`),
          h('input', {
            id,
            name,
            'data-in': where,
            required: required === true,
            autocomplete: 'off',
            spellcheck: 'false',
            maxlength: schema?.maxLength === undefined ? undefined : `${schema.maxLength}`,
          }),
        );
      }),
    h('button', { type: 'submit' }, 'Send'),
    h('div', { class: 'answer', 'aria-live': 'polite' }),
  );

/** The request that a filled-in form stands for. */
export const requestOf = (path, fields, token) => {
  let address = path;
  const query = new URLSearchParams();
  const headers = {};
  for (const { name, where, value } of fields) {
    if (value === '') continue;
    if (where === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value));
    else if (where === 'query') query.append(name, value);
    else headers[name] = value;
  }
  if (token !== '') headers.authorization = `Bearer ${token}`;
  return { url: query.size > 0 ? `${address}?${query}` : address, headers };
};

const shownHeaders = ['content-type', 'etag', 'retry-after', 'x-correlation-id'];

export const answerTree = ({ status, statusText, ms, headers, text }) => [
  h(
    'p',
    {},
    h('span', { class: status < 400 ? 'badge good' : 'badge bad' }, `${status}`),
    ` ${statusText} in ${ms} ms`,
  ),
  h(
    'ul',
    { class: 'plain' },
    shownHeaders
      .filter((name) => headers.get(name))
      .map((name) => h('li', {}, inline(`\`${name}\`: ${headers.get(name)}`))),
  ),
  h('pre', { tabindex: '0' }, h('code', {}, pretty(text))),
];

const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};
