/** The main insurance system's login, over HTTP: `POST {email, password}`; 200 names the person, 400, 401, 403 and 404 say no. */
import { z } from 'zod';
import { Text, Uuid } from '../../rooms/values.ts';
import type { Log } from '../runtime/ports.ts';
import { Email } from './account-shapes.ts';
import type { Credentials, Vouched } from './credentials.ts';
import { createSemaphore } from './semaphore.ts';

/** What it answers with; fields beside these are not looked at. */
const Person = z.object({
  id: Text(200),
  email: Email,
  name: Text(200),
  /** The id of its customer here, as policies are imported with it. */
  customerId: Uuid.optional(),
});
const noes = new Set([400, 401, 403, 404]);
const answerBytesMax = 16_384;
const waitingMax = 200;

export interface HttpCredentialsOptions {
  readonly url: string;
  /** For `Authorization: Bearer`, if it wants to know who asks. */
  readonly token?: string | undefined;
  readonly timeoutMs: number;
  readonly atOnceMax: number;
  readonly log: Log;
}

export const createHttpCredentials = ({
  url,
  token,
  timeoutMs,
  atOnceMax,
  log,
}: HttpCredentialsOptions): Credentials => {
  const queue = createSemaphore(atOnceMax, waitingMax);
  const unavailable = (reason: string): Vouched => {
    log.warn({ reason }, 'the main insurance system could not be asked about a login');
    return { ok: false, reason: 'unavailable' };
  };
  const ask = async (email: string, password: string): Promise<Vouched> => {
    const response = await fetch(url, {
      method: 'POST',
      // A password goes where it was meant to go and nowhere else.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ email, password }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (noes.has(response.status)) {
      await response.body?.cancel();
      return { ok: false, reason: 'wrong' };
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      return unavailable(`it answered ${response.status}`);
    }
    const person = Person.safeParse(JSON.parse(await textOf(response)));
    if (!person.success) return unavailable(`its answer is not as agreed: ${person.error.issues[0]?.path.join('.')}`);
    const { name, ...rest } = person.data;
    // It said yes to somebody else.
    if (rest.email !== email.trim().toLowerCase()) return { ok: false, reason: 'wrong' };
    return { ok: true, person: { ...rest, displayName: name } };
  };
  return {
    async check(email, password) {
      try {
        return (await queue.run(() => ask(email, password))) ?? unavailable('too many wait for it');
      } catch (error) {
        return unavailable(error instanceof Error ? error.name : 'unknown');
      }
    },
  };
};

const textOf = async (response: Response) => {
  let bytes = 0;
  const parts: Uint8Array[] = [];
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > answerBytesMax) throw new RangeError('too long an answer');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};
