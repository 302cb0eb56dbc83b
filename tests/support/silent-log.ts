/** For tests that do not care what is logged. */
import type { Log } from '../../src/runtime/ports.ts';

export const silentLog: Log = { info() {}, warn() {}, error() {} };
