/** Logins to try, which only the demo's page carries. */
export interface DemoLogin {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly seat: string;
}
export interface Demo {
  readonly password: string;
  readonly people: readonly DemoLogin[];
}

export const demoOf = (page: Document): Demo | null => {
  const written = page.querySelector<HTMLMetaElement>('meta[name="demo-logins"]')?.content;
  return written ? JSON.parse(written) : null;
};
