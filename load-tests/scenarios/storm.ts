/** A catastrophe: two thousand customers report a loss within a minute over three hundred sockets, while fifty agents work on as ever. */
import pg from 'pg';
import { commandId } from '../../client/index.ts';
import { codesOf, countOf, medianOf, mediansOf, rangeOf, sumOf } from '../figures.ts';
import { signIn, signInAll } from '../logins.ts';
import { openLoop } from '../open-loop.ts';
import { type Percentiles, percentilesOf } from '../percentiles.ts';
import { commandRaw, joinRaw } from '../raw/ask.ts';
import { openRaw } from '../raw/socket.ts';
import type { Scenario } from '../scenario.ts';
import { openStage, type Stretch } from '../stage.ts';
import type { Prepared, Running } from '../systems/system.ts';
import { department } from '../work/department.ts';

interface Storm {
  readonly agents: Stretch;
  readonly reported: number;
  readonly acked: number;
  /** Acknowledged, and not in the database afterwards. */
  readonly lost: number;
  /** In the database, and not linked to the catastrophe. */
  readonly unlinked: number;
  readonly board_shows: number;
  readonly report_ms: Percentiles;
  readonly refused: Readonly<Record<string, number>>;
}

const reports = 2_000;
const seenMsMax = 100;
const warmupSeconds = 2;
const today = () => new Date().toISOString().slice(0, 10);

const newcomers = async (prepared: Prepared, { url }: Running) => {
  const tokens = await signInAll(url, prepared.customers ?? []);
  return Promise.all(tokens.map(async (token) => openRaw({ url, token: await token() })));
};

export const storm: Scenario<Storm> = {
  name: 'storm',
  summary: ({ rate, seconds, sockets }) =>
    `${reports} notices of loss in ${seconds} s over ${sockets} sockets of as many customers; 50 agents write ${rate} notes/s meanwhile and watch a board`,
  systems: ['claimroom'],
  defaults: { rate: 200, seconds: 60, sockets: 300, rounds: 1, processes: 1, seed: 1 },
  needs: ({ sockets }) => ({ agents: department.agents, claims: department.claims, customers: sockets, limits: {} }),
  async round(prepared, { rate, seconds, seed, processes }) {
    let running: Running | undefined;
    const start: Prepared['start'] = async (options) => (running = await prepared.start(options));
    const stage = await openStage({ prepared: { ...prepared, start }, work: department, crowd: 'client', processes });
    try {
      const { url } = running!;
      const supervisor = await openRaw({ url, token: await (await signIn(url, prepared.supervisor!))() });
      const id = commandId();
      // Of its own: a claim belongs to the first catastrophe it matches, and those of rounds before are in the database.
      const place = `Stormford ${id.slice(-6)}`;
      const area = { places: [place], from: today(), to: today() };
      const declared = await commandRaw(supervisor, {
        room: `catastrophe/${id}`,
        id: commandId(),
        name: 'declare',
        input: { name: 'Storm', area },
      });
      if (!declared.ok) throw new Error(`the catastrophe cannot be declared: ${declared.code}`);
      await joinRaw(supervisor, `board/catastrophe-${id}`);
      const sockets = await newcomers(prepared, running!);
      const refused: Record<string, number> = {};
      const acked: string[] = [];
      const report = async (n: number) => {
        const claim = commandId();
        const ask = {
          room: `claim/${claim}`,
          id: commandId(),
          name: 'report',
          input: { loss: { ...loss, place: `Mill Lane, ${place}`, occurredOn: today() } },
        };
        for (;;) {
          const ack = await commandRaw(sockets[n % sockets.length]!, ask);
          if (ack.ok) return acked.push(claim) > 0;
          refused[ack.code] = (refused[ack.code] ?? 0) + 1;
          if (ack.retry !== 'same-id') return false;
          await new Promise((resolve) => setTimeout(resolve, ack.retryAfterMs ?? 250));
        }
      };
      const playing = stage.play({ rate, seconds, warmupSeconds, seed });
      await new Promise((resolve) => setTimeout(resolve, warmupSeconds * 1_000));
      const times = await openLoop({ count: reports, rate: reports / seconds, seed }, report);
      const agents = await playing;
      // Whatever was still to be told of is told.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const board = await joinRaw(supervisor, `board/catastrophe-${id}`);
      const view = board.ok && 'view' in board ? (board.view as { total: number }) : { total: 0 };
      const kept = await inDatabase(prepared.databaseUrl!(), acked, id);
      for (const socket of [...sockets, supervisor]) socket.close();
      return {
        agents,
        reported: reports,
        acked: acked.length,
        lost: acked.length - kept.reported,
        unlinked: acked.length - kept.linked,
        board_shows: view.total,
        report_ms: percentilesOf(times.filter((one) => one !== null)),
        refused,
      };
    } finally {
      await stage.close();
    }
  },
  told: ({ agents, acked, lost, report_ms: report }) =>
    `${acked} reported, ${lost} lost, report p99 ${report.p99} ms; agents' seen p50 ${agents.seen_ms.p50} p99 ${agents.seen_ms.p99} ms`,
  figures: (rounds) => ({
    reported: sumOf(rounds, (round) => round.reported),
    acked: sumOf(rounds, (round) => round.acked),
    lost: sumOf(rounds, (round) => round.lost),
    unlinked: sumOf(rounds, (round) => round.unlinked),
    errors: sumOf(rounds, ({ agents }) => countOf(agents.errors)),
    report_ms: mediansOf(rounds, ({ report_ms }) => report_ms),
    seen_ms: mediansOf(rounds, ({ agents }) => agents.seen_ms),
  }),
  rows: (rounds) => [
    ['losses reported', String(sumOf(rounds, (round) => round.reported))],
    ['acknowledged', String(sumOf(rounds, (round) => round.acked))],
    ['lost', String(sumOf(rounds, (round) => round.lost))],
    ['not linked', String(sumOf(rounds, (round) => round.unlinked))],
    ['its board shows', rangeOf(rounds, (round) => round.board_shows)],
    ['refused and repeated', codesOf(rounds.map(({ refused }) => refused))],
    ['report p50', rangeOf(rounds, ({ report_ms }) => report_ms.p50)],
    ['report p99', rangeOf(rounds, ({ report_ms }) => report_ms.p99)],
    ['agents’ seen p50', rangeOf(rounds, ({ agents }) => agents.seen_ms.p50)],
    ['agents’ seen p99', rangeOf(rounds, ({ agents }) => agents.seen_ms.p99)],
    ['agents’ errors', codesOf(rounds.map(({ agents }) => agents.errors))],
    ['server cpu %', rangeOf(rounds, ({ agents }) => agents.server_cpu_percent)],
    ['loop delay p99', rangeOf(rounds, ({ agents }) => agents.loop_delay_ms_p99)],
  ],
  aims(played) {
    const rounds = played[0]?.rounds ?? [];
    const missing = rounds.reduce((sum, { reported, acked, lost }) => sum + lost + reported - acked, 0);
    const p99 = medianOf(rounds, ({ agents }) => agents.seen_ms.p99) ?? Infinity;
    return [
      { aim: 'no notice of loss is lost', came: `${missing} of ${rounds.length * reports}`, ok: missing === 0 },
      { aim: `agents' seen p99 below ${seenMsMax} ms`, came: `${p99} ms`, ok: p99 < seenMsMax },
    ];
  },
};

const loss = {
  policyNumber: 'STORM-1',
  currency: 'GBP',
  peril: 'storm',
  narrative: 'The roof is gone and the rain comes in.',
  isInjury: false,
  isDrivable: true,
};

const inDatabase = async (databaseUrl: string, ids: readonly string[], catastrophe: string) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ reported: number; linked: number }>(
      `select (select count(*)::int from room_event where room = any($1) and type = 'reported') as reported,
        (select count(*)::int from claim_figures where id = any($2::uuid[]) and catastrophe_id = $3) as linked`,
      [ids.map((id) => `claim/${id}`), ids, catastrophe],
    );
    return rows[0]!;
  } finally {
    await client.end();
  }
};
