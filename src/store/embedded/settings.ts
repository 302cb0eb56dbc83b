/** How the embedded Postgres is set: for a small server, with nothing traded against durability. */
export const defaultSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // No socket file: its path would be too long in a deep folder, and nobody needs it.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '60',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  max_wal_size: '2GB',
  // Files of the log are kept to be written over, also through a quiet night: to make one anew holds everybody up for 30 to 60 ms.
  min_wal_size: '512MB',
  wal_compression: 'on',
  // Our statements take microseconds; compiling them takes longer than running them.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // What is this slow somebody feels; see docs/operations.md.
  log_min_duration_statement: '1000',
  // Personal data stays out of the log: no parameters, and no details, which quote rows.
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
};
