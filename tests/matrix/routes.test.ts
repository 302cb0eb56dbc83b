/** Every route has its reviewed row in tables/, and what it declares of itself is what the row says. Asked for real: tests/integration/matrix.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routes } from '../../handlers/http/index.ts';
import { may } from '../../rooms/permissions.ts';
import type { Access } from '../../src/http/route.ts';
import { callerAs, roles } from './cast.ts';
import { isAllowed, rows, rowText } from './table.ts';

const known = rows.filter(({ subject }) => subject === 'routes');
const names = routes.map(({ method, path }) => `${method} ${path}`);
const rowsOf = (name: string) => known.filter(({ what }) => what === name);

/** What a route looks like that was not reviewed yet. */
const suggestion = (name: string, access: Access) => {
  if (access === 'public') return `| ${name} | public |  |  |  |`;
  if (access === 'caller') return `| ${name} | signed-in |  |  |  |`;
  return `${rowText(name, (role) => may(callerAs(role), access)).replace(/ \|\s+\|$/, ' |')} 403 |`;
};

describe('the table of routes', () => {
  test('has one row for each', () => {
    const missing = routes.flatMap(({ access }, i) => {
      const name = names[i] as string;
      return rowsOf(name).length === 1 ? [] : [suggestion(name, access)];
    });
    assert.deepEqual(missing, [], `read these, then put them into tests/matrix/tables/:\n${missing.join('\n')}`);
  });

  test('and none for what is not there any more', () => {
    const gone = known.filter(({ what }) => !names.includes(what));
    assert.deepEqual(
      gone.map(({ file, what }) => `${file}: ${what}`),
      [],
    );
  });

  for (const [i, { access }] of routes.entries())
    test(names[i] as string, () => {
      const [row] = rowsOf(names[i] as string);
      if (!row) return;
      assert.equal(row.cells['any'] === 'public', access === 'public', 'open to anybody');
      if (access === 'public' || access === 'caller') return;
      for (const role of roles) assert.equal(isAllowed(row, role, 'any'), may(callerAs(role), access), role);
      assert.equal(row.cells['otherwise'], '403');
    });
});
