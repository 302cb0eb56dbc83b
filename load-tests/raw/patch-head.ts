/** The beginning of a patch, read without the rest: which room, and from which seq to which. */
export interface PatchHead {
  readonly room: string;
  readonly from: number;
  readonly seq: number;
}

/** As the server writes it: `42["room:patch",{"room":"…","seat":"…","epoch":1,"from":4,"seq":5,"patch":{…`. */
const head = /^42\["room:patch",\{"room":"([^"]+)","seat":"\w+","epoch":\d+,"from":(\d+),"seq":(\d+),/;
const bytesMax = 240;

/** Null: it is something else, a signal or a whole view. */
export const patchHead = (bytes: Buffer, start: number, end: number): PatchHead | null => {
  const found = head.exec(bytes.toString('latin1', start, Math.min(end, start + bytesMax)));
  return found && { room: found[1]!, from: Number(found[2]), seq: Number(found[3]) };
};
