import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { passwordFault } from './password-policy.ts';

describe('a password people choose', () => {
  test('is long, whatever it is made of', () => {
    for (const good of [
      'an owl in the hedge',
      'zzyzx road 1971',
      '密码是一只猫头鹰坐在树上看月亮',
      '🦉🌳🌙🦊🍂🌧🪨🌊🐚🕯🧭🪶',
      'x1'.padEnd(1_000, 'ab cd ef '),
    ])
      assert.equal(passwordFault(good), null, good.slice(0, 30));
    assert.match(passwordFault('eleven char') ?? '', /at least 12/);
    assert.match(passwordFault('ﬁﬁﬁﬁﬁﬁ') ?? '', /./, 'ligatures are counted as what they stand for, and repeat');
    assert.match(passwordFault('ab cd ef '.repeat(200)) ?? '', /at most/);
  });

  test('is not one that everybody tries, nor one of those dressed up, repeated or walked along the keyboard', () => {
    const bad = [
      'administrator',
      'ADMINISTRATOR',
      'password1234!',
      '123Password!!',
      'qwertyuiopas',
      'poiuytrewqpo',
      '123456789012',
      'abcdefghijklm',
      'aaaaaaaaaaaaa',
      'abcabcabcabc',
      'dragondragon',
      'passwordpasswordpassword',
    ];
    for (const password of bad) assert.match(passwordFault(password) ?? '', /everybody/, password);
  });

  test('is not mostly one’s own name, address or the product', () => {
    const ann = { email: 'ann.lindqvist@harbour.example', displayName: 'Ann Lindqvist' };
    for (const bad of ['lindqvist-2026', 'ann.lindqvist!', 'claimroom12345', 'harbour 55 aa', 'Lindqvist Lindqvist'])
      assert.match(passwordFault(bad, ann) ?? '', /besides/, bad);
    assert.equal(passwordFault('claimroom has an owl in its hedge', ann), null);
  });
});

test('the list of common passwords has more than three thousand, each once, one a line', () => {
  const lines = readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  assert.ok(lines.length >= 3_000);
  assert.equal(new Set(lines).size, lines.length);
  assert.ok(lines.every((line) => line === line.toLowerCase().trim()));
});
