/** Every route, for every role, asked for one's own, what is assigned to one, and what is others': a running server answers what tests/matrix/tables says. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { askOf, signOf, type Thing } from '../matrix/asks.ts';
import { type Relation, type Role, roles } from '../matrix/cast.ts';
import { isAllowed, type Row, rows } from '../matrix/table.ts';
import { type MatrixWorld, newMatrixWorld } from '../support/matrix-world.ts';
import { newSocket } from '../support/socket.ts';

const relations = ['any', 'own', 'assigned'] as const satisfies readonly Relation[];
const routeRows = rows.filter(({ subject }) => subject === 'routes');
const claimRow = routeRows.find(({ what }) => what === 'get /api/claims/:id') as Row;

interface Reply {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
}
const ask = async (url: string, route: string, thing: Thing, token?: string): Promise<Reply> => {
  const { method, path, body } = askOf(route, thing);
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      // Each ask from a place of its own: what is tried here is access, not how often.
      ...(path.startsWith('/api/') && {
        'x-forwarded-for': `10.1.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
      }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  return { status: response.status, code: isProblem ? JSON.parse(text).code : undefined, text };
};

const isOfClaim = /^\w+ \/api\/claims\/:id/;

/** What those who may not are answered: that they may not, or, where they may not know of the thing, that there is none. */
const refusal = (row: Row, role: Role, relation: Relation) =>
  row.cells['otherwise'] === '404' && !(isOfClaim.test(row.what) && isAllowed(claimRow, role, relation))
    ? 'not-found'
    : 'forbidden';

/** `yes`, or the code of a refusal that is about access. */
const outcome = (row: Row, thing: Thing, { status, code, text }: Reply): string => {
  const sign = signOf(row.what, thing);
  if (sign !== undefined) return status === 200 && text.includes(sign) ? 'yes' : 'nothing';
  if (code === 'unauthorized' || code === 'forbidden') return code;
  return code === 'not-found' && row.cells['otherwise'] === '404' ? code : 'yes';
};

const routesAnswer = async (t: TestContext, { server, people }: MatrixWorld) => {
  const wrong: string[] = [];
  const check = (who: string, row: Row, answered: string, expected: string) => {
    if (answered !== expected) wrong.push(`${row.what}: ${who} was answered ${answered}, not ${expected}`);
  };
  let asked = 0;
  for (const row of routeRows) {
    const others = people.get('nobody')!.things.any!;
    asked++;
    const stranger = await ask(server.url, row.what, others);
    check(
      'without a login',
      row,
      stranger.code === 'unauthorized' ? 'unauthorized' : 'yes',
      row.cells['any'] === 'public' ? 'yes' : 'unauthorized',
    );
    if (row.cells['any'] === 'public') continue;
    // Where it makes no difference whose it is there is one thing to ask about.
    const asksOf = /^\w+ \/api\/(?:claims|policies)/.test(row.what) ? relations : (['any'] as const);
    for (const role of roles) {
      const { person, things } = people.get(role)!;
      for (const relation of asksOf) {
        const thing = things[relation]!;
        let { token } = person;
        let reply = await ask(server.url, row.what, thing, token);
        // Some routes end sessions.
        if (reply.code === 'unauthorized') {
          token = (await person.signIn()).json.accessToken;
          reply = await ask(server.url, row.what, thing, token);
        }
        asked++;
        const otherwise = signOf(row.what, thing) === undefined ? refusal(row, role, relation) : 'nothing';
        check(
          `${role}, ${relation}`,
          row,
          outcome(row, thing, reply),
          isAllowed(row, role, relation) ? 'yes' : otherwise,
        );
      }
    }
  }
  t.diagnostic(`${asked} requests to ${routeRows.length} routes`);
  assert.deepEqual(wrong, []);
  assert.deepEqual(server.errors, []);
};

const socketsJoin = async (t: TestContext, { server, people }: MatrixWorld) => {
  const joinOf = (subject: string) => rows.find((row) => row.subject === subject && row.what === 'join') as Row;
  const boards = rows.filter(({ subject, what }) => /^board: [^*]+$/.test(subject) && what === 'join');
  for (const role of roles) {
    const { person, things } = people.get(role)!;
    const socket = await newSocket(t, server, person);
    const joins = async (room: string) => {
      const ack = await socket.join(room);
      return ack.ok ? 'yes' : ack.code;
    };
    for (const relation of relations)
      assert.equal(
        await joins(`claim/${things[relation]!.claimId}`),
        isAllowed(joinOf('room: claim'), role, relation) ? 'yes' : 'not-found',
        `${role}, ${relation}`,
      );
    for (const row of boards)
      assert.equal(
        await joins(row.subject.replace('board: ', '')),
        isAllowed(row, role, 'any') ? 'yes' : 'not-found',
        `${role}, ${row.subject}`,
      );
    socket.socket.close();
  }
};

test('a running server', async (t) => {
  const world = await newMatrixWorld(t);
  await t.test('answers each role on every route as the table says', (own) => routesAnswer(own, world));
  await t.test('lets each role join on its socket what the table says', (own) => socketsJoin(own, world));
});
