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
  /** Appends on their way to Postgres at the same time, each on a connection of its own, so that few turns wait for a commit before theirs. */
  journalLanes: 4,
  /** The same bound for few but big events. */
  batchBytesMax: 1_000_000,
  /** After this the outcome of a commit counts as unknown, and its rooms are loaded anew. */
  commitTimeoutMs: 2_000,
  /** A room nobody commands leaves memory, behind a snapshot. */
  passivateAfterMs: 120_000,
  /** So far since its last snapshot a room is due for the next, and loading it replays few events. */
  snapshotEveryEvents: 100,
  /** Rooms whose snapshots are written together; others that are due wait. */
  snapshotsAtOnceMax: 8,
  /** Between two writings of snapshots, so that commits are not held up by many of them in a row. */
  snapshotRestMs: 10,
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
  /** How often is looked up who is in which team; a change on this node is known at once. */
  teamsEveryMs: 5_000,
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

  // ── Redis and the mesh ──
  /** How often a node says that it is here and asks who else is, and how long it counts after it last said so. */
  memberRenewMs: 2_000,
  memberPollMs: 1_000,
  memberLapseMs: 6_000,
  /** A note of who owns a room lapses; owners say it again in time. */
  hintLapseMs: 60_000,
  /** What Redis does not answer in time is given up: nothing rests on it. */
  redisCommandMs: 500,
  /** A connection to Redis over which nothing comes for so long is made anew. */
  redisSilentMs: 2_000,
  /** How long a start waits for Redis; then it goes on without. */
  redisReadyMs: 10_000,
  /** How often the fan-out is tried, also when there is nothing to tell. */
  fanoutPulseMs: 1_000,
  /** Between two nodes: how often each asks whether the other is there, and after how much silence the link is down. */
  meshBeatMs: 1_000,
  meshSilentMs: 2_000,
  /** A link that is to be made, or made again, is tried about this often. */
  meshRetryMs: 500,
  /** A node that is no member and out of reach for so long is forgotten. */
  meshForgetMs: 10_000,
  /** What a node was asked and has not answered by then is given up; whoever asked has long gone on. */
  meshAskMs: 30_000,
  /** Bytes of one message between nodes: the views of many seats at once. */
  meshFrameBytesMax: 16_777_216,

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
  /** All of them together may send so many times what one may. */
  rateFactorPerAccount: 3,
  /** Connections from one address: an office behind one router, and no more. Those from this machine are not counted. */
  socketsPerAddressMax: 500,
  /** Sockets of this node. */
  socketsMax: 20_000,

  // ── http ──
  /** Bytes of one JSON body. */
  bodyBytesMax: 1_048_576,
  /** So late may the event loop be, on average, before what can wait is turned away, and before other lists are, too. */
  shedLagMs: 100,
  shedMoreLagMs: 300,
  /** How often that is looked at, for how long it must have been calm before all are let in again, and when to come back. */
  shedLookEveryMs: 500,
  shedCalmMs: 5_000,
  shedRetryAfterMs: 5_000,
  /** Rows of one exported file, and how many of them are read at a time. */
  exportRowsMax: 100_000,
  exportReadRows: 1_000,
  /** A client that dribbles its headers holds a connection no longer than this. */
  httpHeadersTimeoutMs: 10_000,
  /** The same for a whole request. */
  httpRequestTimeoutMs: 20_000,
  /** A password hash takes 19 MiB and 50 ms of a core: a storm of logins must queue. */
  passwordHashesAtOnceMax: 4,

  // ── logins, sessions and letters ──
  /** Wrong passwords from one place for one account before it has to wait: a minute, two, four … up to a day. */
  loginFailuresFreeMax: 10,
  /** Wrong passwords from one place (an IPv4 address, an IPv6 network) in a day, for whomever. */
  loginFailuresPerPlaceMax: 100,
  /** Wrong passwords for one account in a day, from wherever; beyond, it is entered only from where its owner was before. */
  loginFailuresPerAccountMax: 50,
  /** A session that is not used for so long is over: half an hour at work, a week at home … */
  staffIdleSeconds: 1_800,
  customerIdleSeconds: 604_800,
  /** … and after so long in any case. */
  staffSessionSeconds: 43_200,
  customerSessionSeconds: 2_592_000,
  /** Living sessions of one account; beyond, the one not seen longest ends. */
  sessionsPerAccountMax: 50,
  /** From one place: registering, asking for a new password, following links out of letters. */
  registrationsPerPlacePerHourMax: 20,
  recoveriesPerPlacePerHourMax: 20,
  linksPerPlacePerHourMax: 60,
  /** Letters anybody can cause, to one address: nobody's mailbox is to be filled. */
  lettersPerAddressPerHourMax: 5,
  /** Attempts to link a policy: per account, per place and per policy. */
  policyProofsPerDayMax: 10,
  /** The main insurance system is waited for no longer when it checks a password, and asked about so many at once. */
  credentialsTimeoutMs: 3_000,
  credentialsAtOnceMax: 20,

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
  /** Waiting claims the desk looks at in one go, most urgent first. */
  deskWaitingMax: 100,
  /** Agents at work among whom it chooses. */
  deskAgentsMax: 1_000,
  /** Accounts that one thing that happened is told to. */
  noticeReceiversMax: 100,
  /** Background jobs running at once. */
  workerConcurrency: 4,

  // ── reports of errors ──
  /** Reports that wait to be sent; in a storm the first ones say enough. */
  reportsWaitingMax: 50,
  /** A broken node must not use up what the whole installation may report. */
  reportsPerMinuteMax: 60,
  /** One report, and what may be left of them at the end of the process. */
  reportMs: 3_000,

  // ── administration ──
  /** Tokens for programs that are good at one time: a list people can still read. */
  serviceTokensMax: 200,
  /** Saved views of one account. */
  savedViewsPerAccountMax: 50,
  // ── the audit ──
  /** So long entries gather before they are written together: what a crash may lose. */
  auditFlushMs: 100,
  /** Entries that are written to the audit at once: others wait for the chain meanwhile. */
  auditBatchMax: 500,
  /** Entries that wait for a database that is away; past it they are counted, and the loss is recorded. */
  auditWaitingMax: 20_000,
  /** Refusals of one sort recorded per caller (or, of strangers, per address) and minute; of the rest only the number. */
  auditSeldomPerMinuteMax: 60,
  /** Callers and addresses whose refusals are counted apart. */
  auditSourcesMax: 10_000,
  /** How often what happened in rooms is taken into the audit. */
  auditRoomsEveryMs: 1_000,
  /** So many events at a time, with a pause between: whoever waits for this node waits for one such portion at most. */
  auditRoomEventsMax: 64,
  auditRoomsPauseMs: 10,
  /** How often all rooms are compared with the audit, for what a dead process had not brought there. */
  auditSweepEveryMs: 60_000,
  /** Requests and connections remembered, so that an event of a room is recorded with where it came from. */
  auditOriginsMax: 20_000,
  /** Entries one verification step, or one part of an export, reads. */
  auditReadRows: 1_000,
  /** Entries one export may hold. */
  auditExportRowsMax: 1_000_000,

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
  /** How often they show that they are at work. */
  demoSignsEveryMs: 60_000,
  /** Whoever of them gets no answer for so long signs in anew. */
  demoAnswerMsMax: 10_000,
});

export type LimitName = keyof typeof defaultLimits;
export type Limits = Readonly<Record<LimitName, number>>;

export const limitNames = Object.keys(defaultLimits) as LimitName[];

/** `ringBytesMax` → `LIMIT_RING_BYTES_MAX` */
export const variableOf = (name: LimitName) =>
  `LIMIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
