/** A request that still waits for an answer, or why there is none by this id. */
import { reject, type Rejection } from '../kit.ts';
import type { Claim } from './claim.ts';
import type { InformationRequest } from './records.ts';

export const openRequest = ({ requests }: Claim, id: string): InformationRequest | Rejection => {
  const request = Object.hasOwn(requests, id) ? requests[id]! : null;
  if (!request) return reject('claim/no-such-request', { id });
  return request.status === 'open' ? request : reject('claim/request-over', { id, status: request.status });
};
