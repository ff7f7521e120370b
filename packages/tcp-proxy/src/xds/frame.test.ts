import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUnframer, frame } from './frame.ts';

test('messages are found however the bytes are cut', () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
  const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 17 }));
  fc.assert(
    fc.property(messages, cuts, (sent, lengths) => {
      const bytes = Buffer.concat(sent.map(frame));
      const unframer = createUnframer(1000);
      const found: Buffer[] = [];
      for (let at = 0; at < bytes.length; ) {
        const end = at + (lengths.next().value ?? 1);
        found.push(...unframer.read(bytes.subarray(at, end)));
        at = end;
      }
      expect(found.map((each) => [...each])).toEqual(sent.map((each) => [...each]));
    }),
  );
});

test('a message that is compressed or too large is refused before it is there', () => {
  expect(() => createUnframer(10).read(Buffer.from([1, 0, 0, 0, 1]))).toThrow('compresses');
  expect(() => createUnframer(10).read(Buffer.from([0, 0, 0, 0, 11]))).toThrow('11 bytes');
  expect(createUnframer(10).read(Buffer.from([0, 0, 0, 0, 10]))).toEqual([]);
});
