import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from './csv.ts';

test('what would be a formula in a spreadsheet is text', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '=HYPERLINK("http://x","y")'])
    assert.match(csvLine([text]), /^"?'/, JSON.stringify(text));
  assert.equal(csvLine([-1, 'a-b', null, undefined, '']), '-1,a-b,,,\r\n');
});

test('comes out as it went in, but for the apostrophe', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (values) => {
      const [read] = parse(csvLine(values), { relax_column_count: true, record_delimiter: '\r\n' }) as string[][];
      assert.deepEqual(
        read!.map((text, i) => (text === `'${values[i]}` ? values[i] : text)),
        values,
      );
    }),
  );
});
