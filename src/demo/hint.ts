/** What the demo's page carries in its head: who one can sign in as. Nothing of it is ever in the page of another server. */
import { demoPassword, demoPeople } from './people.ts';

export const demoHint = (): string => {
  const people = demoPeople.map(({ seat, account: { id, displayName: name, email } }) => ({ id, name, email, seat }));
  return `<meta name="demo-logins" content="${escaped(JSON.stringify({ password: demoPassword, people }))}" />`;
};

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
