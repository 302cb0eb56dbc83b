/** What an event of a room is known by in the audit: a hash of everything its row holds, reckoned by the database itself. */

export const digestSql = (e: string): string =>
  `encode(sha256(convert_to(jsonb_build_array(
     ${e}.room, ${e}.seq, ${e}.epoch, ${e}.type, ${e}.version, ${e}.data, ${e}.by_id, ${e}.by_seat,
     (extract(epoch from ${e}.at) * 1000000)::bigint, ${e}.command_id, encode(${e}.command_hash, 'hex'), ${e}.correlation_id
   )::text, 'UTF8')), 'hex')`;
