import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstBytes, keptBeginning, OutputTail } from './kept-output.ts';

test('of what is reported the beginning is kept, and how long it was', () => {
  expect(keptBeginning('0123456789abcdef', 10)).toBe('0123456789 ... (captured 10 of 16 bytes)');
  expect(keptBeginning('0123456789', 10)).toBe('0123456789');
});

test('a character is kept whole or not at all', () => {
  expect(firstBytes(Buffer.from('éé'), 3)).toBe('é');
  expect(keptBeginning('éé', 3)).toBe('é ... (captured 3 of 4 bytes)');
});

test('of what a program prints the end is kept, in however many pieces it came', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{0,9}$/)), fc.nat(20), (pieces, maxBytes) => {
      const tail = new OutputTail(maxBytes);
      for (const piece of pieces) tail.add(Buffer.from(piece));
      const all = pieces.join('');
      const end = all.slice(Math.max(0, all.length - maxBytes));
      const said = `Captured ${maxBytes} of ${all.length} bytes\n...\n${end}`;
      expect(String(tail)).toBe(all.length > maxBytes ? said : all);
    }),
  );
});
