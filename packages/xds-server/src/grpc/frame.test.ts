import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader, frame } from './frame.ts';

test('messages are found however the bytes are cut', () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
  const cuts = fc.array(fc.nat(400), { maxLength: 30 });
  fc.assert(
    fc.property(messages, cuts, (sent, at) => {
      const bytes = Buffer.concat(sent.map((message) => frame([message])));
      const borders = [
        0,
        ...at.filter((it) => it < bytes.length).sort((a, b) => a - b),
        bytes.length,
      ];
      const reader = new FrameReader(1000, '');
      const read = borders.slice(1).flatMap((end, index) => {
        const unframed = reader.read(bytes.subarray(borders[index], end));
        return unframed.kind === 'messages' ? unframed.messages : [];
      });
      expect(read.map((it) => [...it])).toEqual(sent.map((it) => [...it]));
    }),
  );
});

test('a message handed out stays what it was while more is read', () => {
  const reader = new FrameReader(1000, '');
  const whole = Buffer.concat([frame([Uint8Array.of(1, 2, 3)]), frame([Uint8Array.of(4, 5, 6)])]);
  reader.read(whole.subarray(0, 3));
  const first = reader.read(whole.subarray(3, 10));
  reader.read(whole.subarray(10));
  expect(first.kind === 'messages' && first.messages.map((it) => [...it])).toEqual([[1, 2, 3]]);
});

test('a message that is too large is refused before it is there', () => {
  const head = frame([new Uint8Array(1001)]).subarray(0, 5);
  expect(new FrameReader(1000, '').read(head)).toMatchObject({
    kind: 'refused',
    status: { code: 'RESOURCE_EXHAUSTED' },
  });
  const fits = frame([new Uint8Array(1000)]);
  expect(new FrameReader(1000, '').read(fits)).toMatchObject({ kind: 'messages' });
});
