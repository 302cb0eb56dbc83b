import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csvCell, csvLines, csvRow } from './csv.ts';

describe('a cell', () => {
  test('that a spreadsheet would take for a formula becomes text', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =cmd|calc', '＝1'])
      assert.match(csvCell(text), /^"?'/, JSON.stringify(text));
    assert.equal(csvCell('=HYPERLINK("https://evil.test","x")'), `"'=HYPERLINK(""https://evil.test"",""x"")"`);
  });

  test('with commas, quotes or line ends is quoted', () => {
    assert.equal(csvCell('Leeds, A58'), '"Leeds, A58"');
    assert.equal(csvCell('the "A58"'), '"the ""A58"""');
    assert.equal(csvCell('one\r\ntwo'), '"one\r\ntwo"');
  });

  test('that is a number, a yes or nothing stays what it is', () => {
    assert.deepEqual([-5, 0, true, null, undefined, '', 'Leeds'].map(csvCell), [
      '-5',
      '0',
      'true',
      '',
      '',
      '',
      'Leeds',
    ]);
  });
});

test('a file is its head and its rows, each line ended as RFC 4180 asks', () => {
  assert.equal([...csvLines(['claim', 'paid'], [['CLM-1', -5]])].join(''), 'claim,paid\r\nCLM-1,-5\r\n');
  assert.equal(csvRow(['a', null, 'b']), 'a,,b\r\n');
});
