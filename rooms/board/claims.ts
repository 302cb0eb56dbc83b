/** The claims board: how many claims stand at each status, live. */
import { derivedOf } from '../derived.ts';
import { may } from '../permissions.ts';

interface ClaimRow {
  readonly id: string;
  readonly seq: number;
  readonly status: string;
}
interface Counts {
  readonly claims: ReadonlyMap<string, ClaimRow>;
  readonly byStatus: Readonly<Record<string, number>>;
}

const staff = ({ byStatus, claims }: Counts) => ({ byStatus, total: claims.size });

export const claimsBoard = derivedOf<Counts, ClaimRow, 'staff'>()({
  id: 'board/claims',
  of: 'claims',
  columns: ['id', 'seq', 'status'],
  start(rows) {
    const byStatus: Record<string, number> = {};
    for (const { status } of rows) byStatus[status] = (byStatus[status] ?? 0) + 1;
    return { claims: new Map(rows.map(({ id, seq, status }) => [id, { id, seq, status }])), byStatus };
  },
  follow(counts, { id, seq, status }) {
    const before = counts.claims.get(id);
    if (before && before.seq >= seq) return counts;
    // The map is the board's own and grows with the claims; only the counts are what watchers compare.
    const claims = (counts.claims as Map<string, ClaimRow>).set(id, { id, seq, status });
    const byStatus = { ...counts.byStatus, [status]: (counts.byStatus[status] ?? 0) + 1 };
    if (before) {
      const left = (byStatus[before.status] ?? 1) - 1;
      if (left > 0) byStatus[before.status] = left;
      else delete byStatus[before.status];
    }
    return { claims, byStatus };
  },
  seat: (caller) => (may(caller, 'boards.read') ? 'staff' : null),
  view: { staff },
});
