/** WebSocket frames as a server sends them, read without copying: only what came in pieces is put together. */

/** The payload lies in `bytes` from `start` to `end`, and only until the call returns. */
export type OnFrame = (opcode: number, bytes: Buffer, start: number, end: number) => void;

export const createFrameReader = (onFrame: OnFrame) => {
  let rest: Buffer | null = null;

  /** Answers where the first frame begins that is not complete. */
  const read = (bytes: Buffer, length: number) => {
    let at = 0;
    while (length - at >= 2) {
      const first = bytes[at]!;
      if ((first & 0x80) === 0) throw new Error('a message in several frames: this reader does not know them');
      const short = bytes[at + 1]!;
      if (short > 127) throw new Error('a masked frame from a server');
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (length - at < head) break;
      const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      if (length - at < head + size) break;
      onFrame(first & 0x0f, bytes, at + head, at + head + size);
      at += head + size;
    }
    return at;
  };

  return (chunk: Buffer, length = chunk.length) => {
    const bytes = rest ? Buffer.concat([rest, chunk.subarray(0, length)]) : chunk;
    const size = rest ? bytes.length : length;
    const at = read(bytes, size);
    // A copy: the chunk is read into again.
    rest = at < size ? Buffer.from(bytes.subarray(at, size)) : null;
  };
};

/** One text frame as a client sends it. The mask is zero: it protects proxies, of which there is none here, and costs time. */
export const textFrame = (text: string): Buffer => {
  const size = Buffer.byteLength(text);
  const head = size < 126 ? 6 : size < 65_536 ? 8 : 14;
  const frame = Buffer.alloc(head + size);
  frame[0] = 0x81;
  if (size < 126) frame[1] = 0x80 | size;
  else if (size < 65_536) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(size, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeUInt32BE(size, 6);
  }
  frame.write(text, head);
  return frame;
};
