/** Invented rows in the format of the public claims file, and replays of them as a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../../load-tests/replay/outcome.ts';

const usual = {
  months_as_customer: '12',
  age: '40',
  policy_number: '100001',
  policy_bind_date: '2010-05-04',
  policy_state: 'OH',
  policy_csl: '250/500',
  policy_deductable: '1000',
  policy_annual_premium: '1406.91',
  umbrella_limit: '0',
  insured_zip: '466132',
  insured_sex: 'FEMALE',
  insured_education_level: 'PhD',
  insured_occupation: 'sales',
  insured_hobbies: 'chess',
  insured_relationship: 'wife',
  'capital-gains': '0',
  'capital-loss': '0',
  incident_date: '2015-01-25',
  incident_type: 'Single Vehicle Collision',
  collision_type: '?',
  incident_severity: 'Minor Damage',
  authorities_contacted: 'Police',
  incident_state: 'SC',
  incident_city: 'Columbus',
  incident_location: '1 Invented Drive',
  incident_hour_of_the_day: '5',
  number_of_vehicles_involved: '1',
  property_damage: '?',
  bodily_injuries: '1',
  witnesses: '2',
  police_report_available: '?',
  total_claim_amount: '6000',
  injury_claim: '500',
  property_claim: '1500',
  vehicle_claim: '4000',
  auto_make: 'Saab',
  auto_model: '92x',
  auto_year: '2004',
  fraud_reported: 'N',
};
export type Row = Partial<Record<keyof typeof usual | '_c39', string>>;

/** With the empty column at the end that some copies of the file have. */
export const csvOf = (...rows: readonly Row[]): string => {
  const columns = [...Object.keys(usual), '_c39'] as (keyof Row)[];
  const lines = rows.map((row) => columns.map((column) => ({ ...usual, ...row })[column] ?? '').join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
};

const script = fileURLToPath(new URL('../../load-tests/replay/run.ts', import.meta.url));

/** `replays(t)` keeps a folder for the test; `run` replays a file from it. */
export const replays = (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'claimroom-replay-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const begin = (csv: string, ...args: readonly string[]) => {
    const file = join(folder, 'claims.csv');
    const json = join(folder, 'outcome.json');
    writeFileSync(file, csv);
    rmSync(json, { force: true });
    const child = spawn(process.execPath, [script, file, '--json', json, ...args], { stdio: 'pipe' });
    t.after(() => child.kill('SIGKILL'));
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
    const ended = new Promise<{ readonly code: number | null; readonly text: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, text })),
    );
    return { child, ended, outcome: () => JSON.parse(readFileSync(json, 'utf8')) as Outcome };
  };
  const run = async (csv: string, ...args: readonly string[]) => {
    const { ended, outcome } = begin(csv, ...args);
    const { code, text } = await ended;
    return { code, text, outcome };
  };
  return { begin, run };
};
