/** Reads a request's JSON, at most so many bytes of it, and refuses what is not plainly JSON. */
import type { IncomingMessage } from 'node:http';
import type { Limits } from '../limits.ts';
import { frameFault } from '../socket/frame.ts';
import { type Problem, problem } from './problem.ts';

const isJson = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** `undefined` when there is no body. */
export const readJson = async (
  request: IncomingMessage,
  { bodyBytesMax: bytesMax, frameDepthMax }: Pick<Limits, 'bodyBytesMax' | 'frameDepthMax'>,
): Promise<{ readonly json: unknown } | Problem> => {
  const { 'content-type': type, 'content-length': length, 'content-encoding': encoding } = request.headers;
  const isEmpty = length === undefined ? request.headers['transfer-encoding'] === undefined : length === '0';
  if (isEmpty) return { json: undefined };
  if (!isJson.test(type ?? '') || (encoding !== undefined && encoding !== 'identity')) return problem('not-json');

  // A client that hangs up half-way gets no answer anyway; it is no failure of ours.
  const bytes = await readBytes(request, bytesMax).catch(() => 'hung up' as const);
  if (bytes === 'hung up') return invalid('ended too early');
  if (bytes === null) return problem('too-large', { bytesMax }, { Connection: 'close' });
  const json = parse(bytes);
  if (json === notJson) return invalid('is not JSON in UTF-8');
  const fault = frameFault(json, frameDepthMax);
  return fault ? invalid(fault) : { json };
};

const readBytes = async (request: IncomingMessage, bytesMax: number): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let size = 0;
  // The rest is read and thrown away: an answer sent into an unread stream would reach nobody. `requestTimeout` ends it.
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= bytesMax) chunks.push(chunk as Buffer);
    else chunks.length = 0;
  }
  return size > bytesMax ? null : Buffer.concat(chunks);
};

const notJson = Symbol('not JSON');
const utf8 = new TextDecoder('utf-8', { fatal: true });
const parse = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return notJson;
  }
};
const invalid = (message: string) => problem('invalid', { issues: [{ path: '', message }] });
