/** The dashboard's notes, and beside them messages that move the figures: with every agent watching two boards, and with nobody doing so. */
import { commandId } from '../../client/index.ts';
import { medianOf } from '../figures.ts';
import { signInAll } from '../logins.ts';
import { commandRaw, joinRaw } from '../raw/ask.ts';
import { openRaw } from '../raw/socket.ts';
import type { Played, Scenario } from '../scenario.ts';
import type { Stretch } from '../stage.ts';
import { steady } from '../steady.ts';
import type { Prepared, Running } from '../systems/system.ts';
import { department } from '../work/department.ts';

const boards = ['board/kpi', 'board/claims'];
const messagesPerSecond = 20;
const percentMax = 10;
const plain = steady(department, 'client');

/** Somebody writes to holders, and the watchers look on, until the server is stopped. */
const besides = async (prepared: Prepared, { url }: Running) => {
  const people = prepared.people ?? [];
  const watching = prepared.areBoardsWatched ? people : people.slice(0, 1);
  const tokens = await signInAll(url, watching);
  const sockets = await Promise.all(tokens.map(async (token) => openRaw({ url, token: await token() })));
  if (prepared.areBoardsWatched)
    for (const socket of sockets)
      for (const board of boards) {
        const joined = await joinRaw(socket, board);
        if (!joined.ok) throw new Error(`${board} cannot be watched: ${joined.code}`);
      }
  let n = 0;
  const timer = setInterval(() => {
    const room = prepared.claims[n++ % prepared.claims.length]!;
    void commandRaw(sockets[0]!, {
      room,
      id: commandId(),
      name: 'sendMessage',
      input: { id: commandId(), text: 'We are at it.' },
    });
  }, 1_000 / messagesPerSecond);
  return () => {
    clearInterval(timer);
    for (const socket of sockets) socket.close();
  };
};

export const boardsWatched: Scenario<Stretch> = {
  name: 'boards',
  summary: ({ rate, seconds }) =>
    `as dashboard, ${rate} notes/s for ${seconds} s, and ${messagesPerSecond} messages/s that move the figures; 50 agents watch two boards, or none`,
  systems: ['claimroom', 'claimroom-boards'],
  defaults: { rate: 500, seconds: 12, rounds: 3, processes: 1, seed: 1 },
  needs: () => ({ agents: department.agents, claims: department.claims, limits: {} }),
  ...plain,
  async round(prepared, numbers) {
    let end = () => {};
    const start: Prepared['start'] = async (options) => {
      const running = await prepared.start(options);
      const ending = await besides(prepared, running);
      end = ending;
      return running;
    };
    try {
      return await plain.round({ ...prepared, start }, numbers);
    } finally {
      end();
    }
  },
  aims(played) {
    const [without, watched] = ['claimroom', 'claimroom-boards'].map((system) => seenOf(played, system));
    if (!without || !watched) return [];
    const percent = (watched.p50 / without.p50 - 1) * 100;
    const more = (watched.p99 / without.p99 - 1) * 100;
    return [
      {
        aim: `seen p50 at most ${percentMax} % over without boards`,
        came: `${percent.toFixed(1)} %`,
        ok: percent <= percentMax,
      },
      {
        aim: `seen p99 at most ${percentMax} % over without boards`,
        came: `${more.toFixed(1)} %`,
        ok: more <= percentMax,
      },
    ];
  },
};

const seenOf = (played: readonly Played<Stretch>[], system: string) => {
  const rounds = played.find((one) => one.system === system)?.rounds;
  return (
    rounds && {
      p50: medianOf(rounds, ({ seen_ms }) => seen_ms.p50)!,
      p99: medianOf(rounds, ({ seen_ms }) => seen_ms.p99)!,
    }
  );
};
