/**
 * Every bound of the server: name, default, and why there is one. Past a bound the caller gets a refusal it may
 * repeat, never a hang. Each can be set as `LIMIT_<NAME_IN_UPPER_SNAKE>`; units come last in the names.
 */
export const defaultLimits = Object.freeze({
  // ── the room runtime ──
  /** A room that cannot keep up says `busy` early instead of answering late. */
  commandsWaitingPerRoomMax: 256,
  /** Keeps memory bounded; the room idle longest goes first. */
  roomsInMemoryMax: 20_000,
  /** A cold start with every dashboard reconnecting must not flood Postgres with loads. */
  activationsAtOnceMax: 50,
  /** One append stays a statement that Postgres finishes in milliseconds. */
  batchEventsMax: 512,
  /** The same bound for few but big events. */
  batchBytesMax: 1_000_000,
  /** After this the outcome of a commit counts as unknown, and its rooms are loaded anew. */
  commitTimeoutMs: 2_000,
  /** A room nobody commands leaves memory, behind a snapshot. */
  passivateAfterMs: 120_000,
  /** Loading a room replays at most so many events. */
  snapshotEveryEvents: 100,
  /** Command ids a room remembers; older ones are looked up in the journal. */
  dedupeCommandsMax: 256,
  /** Bytes of recent patches kept per watched seat of a room, so that most reconnects need no whole view. */
  ringBytesMax: 65_536,
  /** How long a caller waits before it repeats what was refused as `busy`. */
  retryAfterMs: 250,
  /** SIGTERM: so long may mailboxes and requests take to empty. */
  drainMs: 10_000,
  /** How often the sweep looks for idle rooms, slow sockets and expired tokens. */
  sweepEveryMs: 1_000,
  /** A board is told its changes at most this often. */
  boardEveryMs: 250,
  /** Boards that are watched at the same time; each is told by itself. */
  boardsMax: 1_000,
  /** Changes of claims that come while the boards' figures are read from the database; beyond it they are read again. */
  changesEarlyMax: 200_000,
  /** Between two readings of the boards' figures, when something may have been missed again and again. */
  recountPauseMs: 5_000,
  /** Who is here is told at most this often, however many come and go. */
  presenceEveryMs: 250,
  /** How often due deadlines are looked for. */
  deadlinePollMs: 1_000,
  /** A day of downtime must not fire all its deadlines in one go. */
  deadlinesPerPollMax: 100,
  /** Someone who has not been heard of for so long is no longer shown as present. */
  presenceTtlMs: 30_000,
  /** Readiness appends to its canary room at most this often. */
  canaryEveryMs: 1_000,

  // ── many nodes ──
  /** A node that has not answered for so long is pinged; one that does not answer the ping, either, is suspect. */
  meshPatienceMs: 300,
  /** A living node's answer is waited for no longer than this: a commit and its second attempt. */
  meshAnswerMs: 5_000,
  /** Rooms of which a node remembers who owns them. */
  routesCachedMax: 50_000,
  /** A room lost to a living node is not taken back before: two nodes that cannot see each other take turns, not tugs. */
  holdOffMs: 2_000,
  /** How often a node asks the journal which of its rooms are no longer its own, and how many it asks about at once. */
  auditEveryMs: 1_000,
  auditRoomsMax: 5_000,
  /** How often the rooms that changed of late are named to the other nodes; the second while the fan-out is down. */
  beaconEveryMs: 1_000,
  beaconFastMs: 100,
  /** For so long a change is named again: one beacon may be lost. */
  beaconKeepMs: 3_000,
  /** Rooms named in one message. */
  beaconRoomsMax: 1_000,
  /** For so long a node gathers its changes of claims before it tells the others' boards. */
  feedEveryMs: 50,
  /** A change that is missing is waited for so long before it is asked for. */
  feedPatienceMs: 100,
  /** Changes a node keeps for those who have missed some. */
  changesKeptMax: 5_000,
  /** Watchers named in one message: some hundred bytes each, well below what a connection takes at once. */
  watchersPerMessageMax: 1_000,
  /** How often a node tells owners who of its sockets still sits with them. */
  vouchEveryMs: 5_000,
  /** Rooms whose watchers are seated anew at once, after their owner died: the rest wait their turn. */
  regainsAtOnceMax: 50,
  /** Over so long they are spread, so that a dead node's rooms do not all arrive at the same instant. */
  regainSpreadMs: 200,
  /** Between two attempts to seat watchers anew. */
  regainPauseMsMax: 2_000,
  /** Membership must have stood still for so long before rooms move to a new node. */
  handOverSettleMs: 5_000,
  /** Rooms given to a new node per second: it fills gradually, and nobody notices. */
  handOverRoomsMax: 200,
  /** A room on its way out that does not become quiet in time is let go anyway. */
  closingMs: 5_000,
  /** For so long after giving a room away a node sends on whoever still asks for it. */
  leavingMs: 5_000,

  // ── sockets ──
  /** Bytes of one frame; a photo goes by upload, not through here. */
  frameBytesMax: 131_072,
  /** Nesting of one frame: deep JSON is cheap to send and dear to walk. */
  frameDepthMax: 16,
  /** A watcher that reads too slowly is dropped and comes back with `since`. */
  unsentBytesPerSocketMax: 1_000_000,
  /** Rooms one socket may sit in. */
  roomsPerSocketMax: 200,
  /** Watchers of one room. */
  watchersPerRoomMax: 2_000,
  /** Commands one socket may send in a second. */
  commandsPerSecondMax: 100,
  /** Signals (typing, cursors) one socket may send in a second. */
  signalsPerSecondMax: 20,
  /** Bytes of one signal: it says that something happens, not what. */
  signalBytesMax: 2_048,
  /** A connection that has not authenticated by then is closed. */
  connectTimeoutMs: 5_000,
  /** Tabs and devices of one account. */
  socketsPerAccountMax: 20,
  /** Sockets of this node. */
  socketsMax: 20_000,

  // ── http ──
  /** Bytes of one JSON body. */
  bodyBytesMax: 1_048_576,
  /** Rows of one exported file, and how many of them are read at a time. */
  exportRowsMax: 100_000,
  exportReadRows: 1_000,
  /** A client that dribbles its headers holds a connection no longer than this. */
  httpHeadersTimeoutMs: 10_000,
  /** The same for a whole request. */
  httpRequestTimeoutMs: 20_000,
  /** A password hash takes 19 MiB and 50 ms of a core: a storm of logins must queue. */
  passwordHashesAtOnceMax: 4,

  // ── Postgres ──
  /** Connections that load rooms and snapshots, beside the journal's own. */
  storePoolMax: 4,
  /** Connections of MikroORM, for REST and projections' queries. */
  ormPoolMax: 4,
  /** Imports of policies that wait for the one at work: they take turns, and each holds its file in memory meanwhile. */
  importsWaitingMax: 4,
  /** Rooms whose list rows are written anew at a time, after a release that keeps more of them. */
  rebuildRoomsAtOnce: 50,
  /** A room that changes while it is rebuilt is read again so often. */
  rebuildTriesMax: 5,
  /** Background jobs running at once. */
  workerConcurrency: 4,

  // ── the demo's people at work ──
  /** Commands they send in one run: a demo left on overnight must not fill the disk. */
  demoCommandsMax: 2_000,
  /** Claims they have reported in this run that are not over yet. */
  demoClaimsOpenMax: 25,
  /** Claims they work on at a time; few, so that what is begun gets finished. */
  demoClaimsInHandMax: 8,
  /** Between two commands. */
  demoPauseMsMin: 1_000,
  demoPauseMsMax: 3_000,
  /** Whoever of them gets no answer for so long signs in anew. */
  demoAnswerMsMax: 10_000,
});

export type LimitName = keyof typeof defaultLimits;
export type Limits = Readonly<Record<LimitName, number>>;

export const limitNames = Object.keys(defaultLimits) as LimitName[];

/** `ringBytesMax` → `LIMIT_RING_BYTES_MAX` */
export const variableOf = (name: LimitName) =>
  `LIMIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
