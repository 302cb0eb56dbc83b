/** Every bound of a replay, with its reason. */
export const bounds = {
  /** Larger files are cut first: a file is read whole. */
  fileBytesMax: 50_000_000,
  /** One import stays well below what the server takes in a body. */
  policiesPerImport: 100,
  /** Rows under way; past it the next ones wait, and their waiting is counted as theirs. */
  rowsAtOnceMax: 100,
  /** Connections that send: a socket may send 100 commands a second, and a row takes about fifteen. */
  senders: 12,
  /** Connections that watch, so that what is seen has come another way than the answer. */
  watchers: 4,
  /** Claims read back at once for the check of the journal. */
  readsAtOnce: 8,
  /** Events on one page of a timeline: the most the server gives. */
  eventsPerPage: 100,
  /** So long a claim may wait for triage, which the system does by itself. */
  triageMsMax: 30_000,
  /** So long a watcher may be behind the last answer. */
  seenMsMax: 10_000,
  /** Nothing has been answered for so long: the server is gone, and the run is given up. */
  silenceMsMax: 60_000,
  /** Requests are tried again for so long while the server is busy or away. */
  requestMsMax: 30_000,
  retryMs: 500,
  /** A token is renewed when it has less than this left. */
  tokenMsLeft: 90_000,
  /** Lines named beside a remark that many rows share. */
  linesNamedMax: 5,
  /** Refused rows told one by one on the screen; all of them are in the JSON file. */
  rowsToldMax: 50,
} as const;
