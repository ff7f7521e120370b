import { expect, test } from 'vitest';
import { FrameReader, framed } from './frame.ts';

test('messages come out whole, wherever the stream is cut', () => {
  const sent = [Buffer.from('one'), Buffer.alloc(0), Buffer.from('three')];
  const bytes = Buffer.concat(sent.map(framed));
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const reader = new FrameReader();
    const got = [...reader.take(bytes.subarray(0, cut)), ...reader.take(bytes.subarray(cut))];
    expect(got.map(String)).toEqual(sent.map(String));
  }
});

test('a compressed message is refused', () => {
  expect(() => new FrameReader().take(Buffer.from([1, 0, 0, 0, 0]))).toThrow('compressed');
});
