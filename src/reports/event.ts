/** One error in the words of Sentry: an event in an envelope. Of what was logged only fields that name no person go along. */
import { scrub } from './scrub.ts';
import { framesOf } from './stack.ts';

export interface About {
  readonly eventId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly node: string;
  readonly environment: string;
  readonly release: string;
}

/** An allow-list: a field that somebody adds to a log line tomorrow stays here. */
const tags = ['verb', 'task', 'command', 'name', 'kind', 'code', 'seq', 'seat', 'what'] as const;

export const envelopeOf = (message: string, fields: object, about: About): string => {
  const event = JSON.stringify(eventOf(message, fields as Readonly<Record<string, unknown>>, about));
  return [
    JSON.stringify({ event_id: about.eventId, sent_at: new Date(about.at).toISOString() }),
    JSON.stringify({ type: 'event', content_type: 'application/json', length: Buffer.byteLength(event) }),
    event,
    '',
  ].join('\n');
};

const eventOf = (message: string, fields: Readonly<Record<string, unknown>>, about: About) => {
  const thrown = firstText(fields, ['stack', 'error', 'reason']);
  const frames = thrown === undefined ? [] : framesOf(thrown);
  return {
    event_id: about.eventId,
    timestamp: about.at / 1000,
    platform: 'node',
    level: 'error',
    logger: 'claimroom',
    environment: about.environment,
    release: about.release,
    server_name: about.node,
    // Our own constant sentences; scrubbed all the same, because libraries log through us, too.
    logentry: { formatted: scrub(message) },
    tags: tagsOf(fields),
    ...(thrown !== undefined && { exception: { values: [exceptionOf(thrown, frames)] } }),
  };
};

const exceptionOf = (thrown: string, frames: ReturnType<typeof framesOf>) => {
  const said = thrown.split('\n    at ')[0] ?? '';
  const [, type = 'Error', value = said] = /^(\w*(?:Error|Exception)\w*): ([\s\S]*)$/.exec(said) ?? [];
  return { type, value: scrub(value), ...(frames.length > 0 && { stacktrace: { frames } }) };
};

const tagsOf = (fields: Readonly<Record<string, unknown>>) => {
  const named = tags.flatMap((name) => {
    const value = fields[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, scrub(String(value))] as const] : [];
  });
  // Which kind of room; which one stays in the log.
  const { room } = fields;
  const kind = typeof room === 'string' ? /^([a-z]+)\//.exec(room)?.[1] : undefined;
  return Object.fromEntries(kind === undefined ? named : [...named, ['room.kind', kind] as const]);
};

const firstText = (fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined =>
  names.map((name) => fields[name]).find((value): value is string => typeof value === 'string' && value !== '');
