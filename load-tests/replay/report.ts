/** The table at the end of a replay. */
import { bounds } from './bounds.ts';
import type { Fate, FateKind } from './life.ts';
import { fateKinds, type Outcome } from './outcome.ts';

const labels: Readonly<Record<FateKind, string>> = {
  filed: 'filed',
  already: 'already filed',
  continued: 'continued',
  stopped: 'filed, then stopped',
  refused: 'refused',
  unfinished: 'unfinished',
};

export const reportOf = (outcome: Outcome): string => {
  const { rows, seconds, rate, commands, commands_per_second: perSecond, repeated, fates, detail } = outcome;
  const counts = fateKinds.map((kind) => [labels[kind], fates[kind]] as const);
  return [
    `${outcome.file}: ${rows} rows in ${seconds} s at ${rate} rows/s; ${commands} commands, ${perSecond} commands/s` +
      (repeated > 0 ? `, ${repeated} of them done before` : ''),
    '',
    ...[...counts, ['not begun', outcome.not_begun] as const].map(
      ([label, count]) => `  ${label.padEnd(20)}${String(count).padStart(7)}`,
    ),
    ...told('Refused', detail, 'refused'),
    ...told('Filed, then stopped', detail, 'stopped'),
    ...told('Unfinished', detail, 'unfinished'),
    ...remarked(detail),
    '',
    ...figures(outcome),
    '',
    ...verdict(outcome),
  ].join('\n');
};

const figures = (outcome: Outcome): readonly string[] => {
  const names = ['p50', 'p95', 'p99', 'max'] as const;
  const row = (label: string, cells: readonly string[]) =>
    `  ${label.padEnd(6)}${cells.map((cell) => cell.padStart(9)).join('')}`;
  const of = (label: 'ack' | 'seen') => {
    const ms = outcome[`${label}_ms`];
    return row(
      label,
      names.map((name) => (ms ? String(ms[name]) : '–')),
    );
  };
  return [row('ms', names), of('ack'), of('seen')];
};

const told = (heading: string, detail: readonly Fate[], kind: FateKind): readonly string[] => {
  const fates = detail.filter((fate) => fate.kind === kind);
  if (fates.length === 0) return [];
  const more = fates.length - bounds.rowsToldMax;
  return [
    '',
    heading,
    ...fates.slice(0, bounds.rowsToldMax).map(({ line, reasons }) => `  line ${line}: ${reasons.join('; ')}`),
    ...(more > 0 ? [`  and ${more} more; --json FILE has them all`] : []),
  ];
};

const remarked = (detail: readonly Fate[]): readonly string[] => {
  const linesByRemark = new Map<string, number[]>();
  for (const { line, remarks } of detail)
    for (const remark of remarks) linesByRemark.set(remark, [...(linesByRemark.get(remark) ?? []), line]);
  const remarks = [...linesByRemark].map(([remark, lines]) => {
    const named = lines.slice(0, bounds.linesNamedMax).join(', ');
    return `  ${lines.length} × ${remark} (line ${named}${lines.length > bounds.linesNamedMax ? ' …' : ''})`;
  });
  return remarks.length > 0 ? ['', 'Worth knowing', ...remarks] : [];
};

const verdict = ({ journal, unseen, is_all_accounted_for: isAll }: Outcome): readonly string[] => {
  const { claims, events, acknowledged, faults } = journal;
  const read = `Journal: ${claims} claims with ${acknowledged} acknowledged commands, ${events} events read back; `;
  return [
    ...(faults.length === 0
      ? [`${read}no holes, and every command is in it.`]
      : [`${read}${faults.length} FAULTS:`, ...faults.slice(0, bounds.rowsToldMax).map((fault) => `  ${fault}`)]),
    ...(unseen > 0 ? [`${unseen} commands were acknowledged and not seen within ${bounds.seenMsMax / 1_000} s.`] : []),
    isAll ? 'All is accounted for.' : 'NOT ALL IS ACCOUNTED FOR.',
  ];
};
