import { Writable } from 'node:stream';
import type { Size } from '../state/state.ts';

/** What Ink is given as the terminal. */
export interface FrameStream extends Writable {
  readonly isTTY: true;
  columns: number;
  rows: number;
}

/**
 * A terminal that takes a frame in one write: what comes between `cork` and `uncork` is put together. Its size is
 * what the frame was made for, so that nothing is painted that fits neither the old size nor the new one.
 */
export function frameStream(write: (text: string) => void, size: Size): FrameStream {
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      write(text);
      done();
    },
    writev(chunks, done) {
      write(chunks.map(({ chunk }) => chunk as string).join(''));
      done();
    },
  });
  return Object.assign(stream, { isTTY: true as const, columns: size.columns, rows: size.rows });
}
