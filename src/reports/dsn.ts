/** Where reports go: `https://key@host/project`, as Sentry and those that speak like it hand out. */
export interface Dsn {
  readonly key: string;
  /** The envelope endpoint of the project. */
  readonly url: string;
}

export const readDsn = (text: string): Dsn | null => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username === '' || url.password !== '') return null;
  // A server below a path keeps it: https://key@host/sentry/7
  const [, prefix, project] = /^(.*)\/(\d+)$/.exec(url.pathname) ?? [];
  if (project === undefined) return null;
  return { key: url.username, url: `${url.protocol}//${url.host}${prefix}/api/${project}/envelope/` };
};
