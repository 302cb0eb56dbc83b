/** The client, for browsers and Node: `connect({ url, token }).room('claim/…').join()`. */
export { commandId } from './command-id.ts';
export { connect } from './connect.ts';
export { limits, type Limits } from './limits.ts';
export type {
  Client,
  ClientState,
  CommandInput,
  CommandName,
  ConnectOptions,
  Entry,
  Joined,
  KindOf,
  OutboxStorage,
  Room,
  RoomState,
  RoomStatus,
} from './types.ts';
