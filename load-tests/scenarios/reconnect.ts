/** The server dies under everybody: killed, started again, and all sockets come back at once. When is everyone up to date? */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, commandId, connect } from '../../client/index.ts';
import { medianOf, mediansOf, rangeOf, sumOf } from '../figures.ts';
import { signInAll } from '../logins.ts';
import { assertFilesEnough } from '../open-files.ts';
import { type Percentiles, percentilesOf, round as rounded } from '../percentiles.ts';
import { createRandom, noteText } from '../random.ts';
import { commandRaw } from '../raw/ask.ts';
import { openRaw } from '../raw/socket.ts';
import type { Scenario } from '../scenario.ts';
import type { Prepared } from '../systems/system.ts';

interface Reconnect {
  readonly sockets: number;
  /** From SIGKILL until the new server was ready. */
  readonly away_ms: number;
  /** From there until each socket's view was up to date. */
  readonly caught_up_ms: Percentiles;
  readonly not_back: number;
}

const socketsPerPerson = 20;
const socketsPerClaim = 10;
const patienceMs = 60_000;
const peopleOf = (sockets: number) => Math.ceil(sockets / socketsPerPerson);
const claimsOf = (sockets: number) => Math.ceil(sockets / socketsPerClaim);

export const reconnect: Scenario<Reconnect> = {
  name: 'reconnect',
  summary: ({ sockets }) =>
    `${sockets} sockets on ${claimsOf(sockets)} claims; the server is killed and started again, and every claim gets a note`,
  systems: ['claimroom'],
  defaults: { sockets: 3_000, rounds: 5, seed: 1 },
  // One more, who writes: nobody may have more sockets than the others.
  needs: ({ sockets }) => ({ agents: peopleOf(sockets) + 1, claims: claimsOf(sockets), limits: {} }),
  async round(prepared, { sockets, seed }) {
    assertFilesEnough(sockets);
    const random = createRandom(seed);
    let server = await prepared.start();
    const clients: Client[] = [];
    /** Per socket: the seqs its view was up to, and when. */
    const shown = Array.from({ length: sockets }, (): [seq: number, at: number][] => []);
    try {
      const [writer, ...tokens] = await signInAll(server.url, prepared.people!);
      const views = Array.from({ length: sockets }, (_, n) => {
        const client = connect({ url: server.url, token: tokens[n % tokens.length]! });
        clients.push(client);
        const view = client.room(prepared.claims[n % prepared.claims.length]! as `claim/${string}`);
        view.subscribe(({ status, seq }) => {
          if (status === 'joined') shown[n]!.push([seq, performance.now()]);
        });
        return view;
      });
      for (const joined of await Promise.all(views.map((view) => view.join())))
        if (!joined.ok) throw new Error(`a socket may not join: ${joined.code}`);
      const write = () => writeEverywhere(server.url, prepared, writer!, random);
      const caughtUp = (seqs: readonly number[]) =>
        shown.map((told, n) => told.find(([seq]) => seq >= seqs[n % seqs.length]!)?.[1] ?? null);
      const untilAll = async (seqs: readonly number[]) => {
        for (const end = performance.now() + patienceMs; performance.now() < end; await sleep(50))
          if (!caughtUp(seqs).includes(null)) break;
        return caughtUp(seqs);
      };
      if ((await untilAll(await write())).includes(null))
        throw new Error('a socket misses a note before anything began');

      const killedAt = performance.now();
      await server.kill();
      server = await prepared.start({ port: server.port });
      const readyAt = performance.now();
      // Written while the crowd is still coming back: who goes on trusting what they held is found out.
      const backAt = await untilAll(await write());
      const back = backAt.filter((at) => at !== null);
      return {
        sockets,
        away_ms: rounded(readyAt - killedAt),
        caught_up_ms: percentilesOf(back.map((at) => at - readyAt)),
        not_back: sockets - back.length,
      };
    } finally {
      for (const client of clients) client.close();
      await server.stop();
    }
  },
  told: ({ away_ms: away, caught_up_ms: back, not_back: missing }) =>
    `away ${away} ms; then half were up to date after ${back.p50} ms, all after ${back.max} ms, ${missing} never`,
  figures: (rounds) => ({
    sockets: rounds[0]?.sockets,
    errors: sumOf(rounds, (round) => round.not_back),
    away_ms: medianOf(rounds, (round) => round.away_ms),
    caught_up_ms: mediansOf(rounds, (round) => round.caught_up_ms),
  }),
  rows: (rounds) => [
    ['sockets', String(rounds[0]?.sockets ?? 0)],
    ['never came back', String(sumOf(rounds, (round) => round.not_back))],
    ['server away, ms', rangeOf(rounds, (round) => round.away_ms)],
    ['half up to date, ms', rangeOf(rounds, (round) => round.caught_up_ms.p50)],
    ['99 % up to date, ms', rangeOf(rounds, (round) => round.caught_up_ms.p99)],
    ['all up to date, ms', rangeOf(rounds, (round) => round.caught_up_ms.max)],
  ],
  aims(played) {
    const missing = sumOf(played[0]?.rounds ?? [], (round) => round.not_back);
    return [{ aim: 'everyone comes back by themselves', came: `${missing} did not`, ok: missing === 0 }];
  },
};

/** The sockets of the one who writes: one alone would be held up by its own waiting. */
const writing = 10;

/** One note on every claim; answers the seqs they got. */
const writeEverywhere = async (
  url: string,
  { claims }: Prepared,
  token: () => Promise<string>,
  random: () => number,
) => {
  const seqs: number[] = [];
  const writeSome = async (first: number) => {
    const socket = await openRaw({ url, token: await token() });
    for (let claim = first; claim < claims.length; claim += writing) {
      const input = { id: commandId(), text: noteText(120, random) };
      const ack = await commandRaw(socket, { room: claims[claim]!, id: commandId(), name: 'addNote', input });
      if (!ack.ok) throw new Error(`a note was turned down: ${ack.code}`);
      seqs[claim] = ack.seq;
    }
    socket.close();
  };
  await Promise.all(Array.from({ length: writing }, (_, n) => writeSome(n)));
  return seqs;
};
