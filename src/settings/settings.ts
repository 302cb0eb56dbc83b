/** Settings as they are now, and as they were: each change is a version of its own. Asked for anew every second, so all nodes agree. */
import { issuesOf } from '../../rooms/kit.ts';
import type { Audit } from '../audit/audit.ts';
import type { Cancel, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import { type SettingName, settingNames, settingShapes, type SettingValue } from './shape.ts';

export interface Setting {
  readonly name: SettingName;
  readonly value: unknown;
  /** 0: nobody has changed it yet. */
  readonly version: number;
  readonly changedBy: string | null;
  readonly changedAt: string | null;
}
export type Set =
  | { readonly ok: true; readonly setting: Setting }
  | { readonly ok: false; readonly code: 'invalid' | 'stale'; readonly details?: object };

export interface Settings {
  get<N extends SettingName>(name: N): SettingValue<N>;
  list(): Promise<readonly Setting[]>;
  /** Newest first. */
  history(name: SettingName, limit: number): Promise<readonly Setting[]>;
  /** Only on top of the version one has seen; recorded in the same transaction. */
  set(name: SettingName, value: unknown, seen: number, byId: string): Promise<Set>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  readonly orm: Orm;
  readonly audit: Pick<Audit, 'within'>;
  readonly timers: Timers;
  readonly log: Log;
}
const everyMs = 1_000;

export const createSettings = ({ orm, audit, timers, log }: Options): Settings => {
  const values = new Map<SettingName, unknown>();
  let reading: Promise<void> | null = null;
  let cancel: Cancel | null = null;

  const current = async (): Promise<readonly Setting[]> => {
    const rows = await orm.em
      .fork()
      .execute<Row[]>(`select distinct on (name) ${columns} from setting order by name, version desc`);
    const byName = new Map(rows.map((row) => [row.name, shown(row)]));
    return settingNames.map((name) => byName.get(name) ?? standardOf(name));
  };
  const read = async () => {
    for (const { name, value } of await current()) keep(name, value);
  };
  /** One that an older release wrote and this one no longer takes is as if nobody had changed it. */
  const keep = (name: SettingName, value: unknown) => {
    const parsed = settingShapes[name].value.safeParse(value);
    values.set(name, parsed.success ? parsed.data : settingShapes[name].standard);
  };

  return {
    get: <N extends SettingName>(name: N) => (values.get(name) ?? settingShapes[name].standard) as SettingValue<N>,
    list: current,
    async history(name, limit) {
      const rows = await orm.em
        .fork()
        .execute<Row[]>(`select ${columns} from setting where name = ? order by version desc limit ?`, [name, limit]);
      return rows.map(shown);
    },
    async set(name, value, seen, byId) {
      const parsed = settingShapes[name].value.safeParse(value);
      if (!parsed.success) return { ok: false, code: 'invalid', details: { issues: issuesOf(parsed.error) } };
      const setting = await orm.em.fork().transactional(async (em) => {
        const before = (await current()).find((each) => each.name === name)!;
        if (before.version !== seen) return null;
        // Of two at once the second finds the number taken.
        const [row] = await em.execute<Row[]>(
          `insert into setting (name, version, value, changed_by) values (?, ?, ?::jsonb, ?) on conflict do nothing returning ${columns}`,
          [name, seen + 1, JSON.stringify(parsed.data), byId],
        );
        if (!row) return null;
        const [was, is] = [before.value, parsed.data].map((each) => ({ value: each, version: undefined }));
        await audit.within(em, {
          action: 'setting.changed',
          object: `setting/${name}`,
          before: was,
          after: is,
          details: { version: seen + 1 },
        });
        return shown(row);
      });
      if (!setting) return { ok: false, code: 'stale' };
      keep(name, setting.value);
      return { ok: true, setting };
    },
    async start() {
      await read();
      cancel ??= timers.every(everyMs, () => {
        reading ??= read()
          .catch((error: Error) => log.warn({ reason: error.message }, 'could not ask for the settings'))
          .finally(() => {
            reading = null;
          });
      });
    },
    async stop() {
      cancel?.();
      await reading;
    },
  };
};

interface Row {
  readonly name: SettingName;
  readonly version: number;
  readonly value: unknown;
  readonly changed_by: string;
  readonly changed_at: Date;
}
const columns = 'name, version, value, changed_by, changed_at';
const shown = ({ name, version, value, changed_by: changedBy, changed_at: at }: Row): Setting => ({
  name,
  value,
  version,
  changedBy,
  changedAt: new Date(at).toISOString(),
});
const standardOf = (name: SettingName): Setting => ({
  name,
  value: settingShapes[name].standard,
  version: 0,
  changedBy: null,
  changedAt: null,
});
