/** What the database holds in the end, read by plain SQL past the server. */
import pg from 'pg';

export interface Event {
  readonly room: string;
  readonly seq: number;
  readonly epoch: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly byId: string;
  readonly bySeat: string;
  readonly at: string;
  readonly commandId: string | null;
}
export interface Head {
  readonly room: string;
  readonly epoch: number;
  readonly seq: number;
}
export interface Journal {
  readonly heads: ReadonlyMap<string, Head>;
  /** Per room, in order. */
  readonly events: ReadonlyMap<string, readonly Event[]>;
}

export const readJournal = async (databaseUrl: string): Promise<Journal> => {
  const client = new pg.Client({ connectionString: databaseUrl, query_timeout: 20_000 });
  await client.connect();
  try {
    const events = await client.query<Event>(
      `select room, seq::int, epoch::int, type, data, by_id as "byId", by_seat as "bySeat", at, command_id as "commandId"
       from room_event where room like 'claim/%' order by room, seq`,
    );
    const heads = await client.query<Head>(
      `select room, seq::int, epoch::int from room_head where room like 'claim/%'`,
    );
    return {
      heads: new Map(heads.rows.map((head) => [head.room, head])),
      events: Map.groupBy(
        events.rows.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
        ({ room }) => room,
      ),
    };
  } finally {
    await client.end();
  }
};
