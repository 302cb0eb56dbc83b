import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from './compose.ts';
import { registrationLetter } from './letters.ts';

test('a letter says the same in plain text and in HTML, and what people wrote cannot become part of it', () => {
  const name = '<img src=x onerror="alert(1)">';
  const { text, html } = compose('a@example.test', 'A & B', name, [
    'one',
    { href: 'https://x.test/#/a?token=t&b="', label: 'Go' },
  ]);
  assert.equal(text, `Hello ${name},\n\none\n\nGo:\nhttps://x.test/#/a?token=t&b="\n\nClaimroom\n`);
  assert.ok(!html.includes('<img') && html.includes('&lt;img') && html.includes('<title>A &amp; B</title>'));
  assert.ok(html.includes('href="https://x.test/#/a?token=t&amp;b=&quot;"'));
});

test('the token of a link stands behind the #, where no server on the way sees it', () => {
  const { text } = registrationLetter('a@example.test', 'https://claims.example.test', 'abc');
  assert.match(text, /https:\/\/claims\.example\.test\/#\/verify\?token=abc/);
});
