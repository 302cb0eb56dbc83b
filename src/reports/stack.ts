/** The frames of a stack, the outermost first, as Sentry wants them: files of ours by their path in the project, no line of source. */
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Frame {
  readonly function: string;
  readonly filename: string;
  readonly lineno: number;
  readonly colno: number;
  readonly in_app: boolean;
}

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const line = /^\s+at (?:async )?(?:(.+?) \()?(.+?):(\d+):(\d+)\)?$/;
const framesMax = 50;

export const framesOf = (stack: string): Frame[] =>
  stack
    .split('\n')
    .flatMap((text) => {
      const [, name = '', place, lineno, colno] = line.exec(text) ?? [];
      if (place === undefined) return [];
      const filename = placeOf(place);
      const isOurs = !/^node:|(^|\/)node_modules\//.test(filename);
      return [{ function: name, filename, lineno: Number(lineno), colno: Number(colno), in_app: isOurs }];
    })
    .slice(0, framesMax)
    .reverse();

const placeOf = (place: string): string => {
  if (place.startsWith('node:')) return place;
  const path = place.startsWith('file:') ? fileURLToPath(place) : place;
  const own = relative(root, path);
  // Where else something lies is nobody's business.
  return own.startsWith('..') ? '[elsewhere]' : own.replaceAll('\\', '/');
};
