import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFrameReader, textFrame } from './frames.ts';

/** As a server sends it: without a mask. */
const serverFrame = (text: string) => {
  const frame = textFrame(text);
  const head = frame[1]! & 0x7f;
  const size = head < 126 ? 2 : head === 126 ? 4 : 10;
  const unmasked = Buffer.concat([frame.subarray(0, size), frame.subarray(size + 4)]);
  unmasked[1] = head;
  return unmasked;
};
const texts = ['2', 'é'.repeat(60), 'x'.repeat(125), 'y'.repeat(126), 'z'.repeat(70_000), '42["room:patch",{}]'];
const readIn = (pieces: readonly Buffer[]) => {
  const heard: string[] = [];
  const read = createFrameReader((_, bytes, start, end) => heard.push(bytes.toString('utf8', start, end)));
  // One memory for all, as the sockets do it.
  const shared = Buffer.alloc(Math.max(...pieces.map(({ length }) => length)) + 1);
  for (const piece of pieces) {
    piece.copy(shared);
    read(shared, piece.length);
    shared.fill(0);
  }
  return heard;
};

const piecesOf = (all: Buffer, size: number) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => Buffer.from(all.subarray(n * size, (n + 1) * size)));

describe('frames of a server', () => {
  for (const size of [1_000, 65_536, 1_000_000])
    test(`are found in pieces of ${size}`, () =>
      assert.deepEqual(readIn(piecesOf(Buffer.concat(texts.map(serverFrame)), size)), texts));
  test('are found byte by byte', () => {
    const short = texts.filter(({ length }) => length < 1_000);
    assert.deepEqual(readIn(piecesOf(Buffer.concat(short.map(serverFrame)), 1)), short);
  });
  test('that would be misread are an error', () => {
    assert.throws(() => readIn([Buffer.from([0x01, 1, 0x41])]), /several frames/);
    assert.throws(() => readIn([textFrame('masked')]), /masked/);
  });
});
