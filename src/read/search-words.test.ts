import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { forStaff, plateWords, searchQuery, searchWords } from './search-words.ts';

/** What Postgres does: every word asked for begins one that is there. */
const finds = (texts: readonly string[], asked: string) => {
  const there = searchWords(texts).split(' ');
  const words = [...(searchQuery(asked, false) ?? '').matchAll(/'([^']+)'/g)].map(([, word]) => word!);
  return words.every((word) => there.some((kept) => kept.startsWith(word)));
};

const claim = [
  'CLM-2026-0000042',
  'MOT-118203',
  'A58, Leeds (near the Müller Straße)',
  'Rear-ended at the lights on 12/11/2026. AB12 CDE, neighbour’s fence.',
];

test('a claim is found by the beginnings of its words, its numbers and its plate', () => {
  const found = [
    ['its number', 'CLM-2026-0000042'],
    ['its number as it is typed', 'clm-2026-00'],
    ['its number without dashes', 'clm2026'],
    ['the last part of it', '0000042'],
    ['its policy', 'mot-118203'],
    ['words in any order', 'lights leeds rear'],
    ['a hyphened word', 'rear-end'],
    ['accents or none', 'muller strasse'],
    ['a plate', 'AB12 CDE'],
    ['a day', '12/11/2026'],
    ['an apostrophe', "neighbour's"],
  ] as const;
  for (const [what, asked] of found) assert.ok(finds(claim, asked), what);
});

test('a plate is found with a blank or without, and by the part somebody saw', () => {
  for (const written of ['AB12 CDE', 'ab12cde', 'AB-12 CDE'])
    for (const asked of ['AB12CDE', 'AB12 CDE', 'ab12', '12cde', 'CDE', 'ab-12'])
      assert.ok(finds(plateWords(written), asked), `${asked} of ${written}`);
  assert.ok(!finds(plateWords('AB12 CDE'), 'AB13'));
  assert.deepEqual(plateWords('AB1'), ['ab1', 'b1']);
  for (const none of [undefined, '', '-', 'X']) assert.deepEqual(plateWords(none), []);
});

test('letters are the same in whichever of their forms they are written', () => {
  const same = [
    ['Straße', 'STRASSE'],
    ['ＡＢ１２', 'ab12'],
    ['𝐋eeds', 'leeds'],
    ['İstanbul', 'istanbul'],
    ['ISPARTA', 'ısparta'],
    ['ΟΔΟΣ', 'οδός'],
    ['ΣΤΑΣΗ', 'στας'],
    ['ﬁre', 'FIRE'],
    ['Zoe\u0308', 'zoë'],
    ['Ёлка', 'елка'],
  ] as const;
  for (const [written, asked] of same) {
    assert.ok(finds([written], asked), `${asked} of ${written}`);
    assert.ok(finds([asked], written.slice(0, 3)), `${written} of ${asked}`);
  }
});

test('what is not there is not found, and a code is one word, not several', () => {
  for (const asked of ['bradford', 'leeds bradford', 'eeds', 'CLM-2026-0000043', 'CLM-0000042'])
    assert.ok(!finds(claim, asked), asked);
});

test('a word for staff is found by staff only', () => {
  assert.deepEqual(forStaff(['ab1', 'b1']), ['!ab1', '!b1']);
  assert.equal(searchQuery('AB-1', true), "('ab1':* | '!ab1':*)");
  assert.equal(searchQuery('AB-1', false), "'ab1':*");
  assert.equal(searchQuery('!ab1', false), "'ab1':*");
});

test('without a letter or a digit there is nothing to look for', () => {
  for (const asked of ['', ' ', '!!!', '-', "':*", '\\', '\0', '🙈', '​'])
    assert.equal(searchQuery(asked, false), null, asked);
});

test('a word is cut where what is kept of it is cut', () => {
  const word = '𝒳'.repeat(30) + 'x'.repeat(100);
  assert.equal(Array.from(searchWords([word])).length, 40);
  assert.ok(finds([word], word));
  assert.ok(finds([word], word.slice(0, 90)));
});

test('at most eight words are asked for', () => {
  assert.equal(searchQuery('a b c d e f g h i j', true)?.split(' & ').length, 8);
});

test('whatever is typed, only letters, marks and digits come out, and a text is found by itself', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 100 }),
      (one, two) => {
        for (const word of searchWords([one, two]).split(' ').filter(Boolean)) {
          assert.match(word, /^[\p{L}\p{M}\p{N}]+$/u);
          assert.ok(Array.from(word).length <= 40);
        }
        const query = searchQuery(two, false);
        if (query !== null) assert.match(query, /^'[\p{L}\p{M}\p{N}]+':\*(?: & '[\p{L}\p{M}\p{N}]+':\*)*$/u);
        assert.ok(finds([one, two], two));
      },
    ),
  );
});
