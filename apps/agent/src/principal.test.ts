import { expect, test } from 'vitest';
import { principalNamed } from './principal.ts';

test.for([
  [undefined, 'anonymous'],
  ['', 'anonymous'],
  [' \t ', 'anonymous'],
  ['%0A', 'anonymous'],
  ['alice', 'alice (unverified)'],
  ['Zo%C3%AB', 'Zoë (unverified)'],
  [Buffer.from('Zoë').toString('latin1'), 'Zoë (unverified)'],
  ['100%', '100% (unverified)'],
  ['a%0Aroot', 'a root (unverified)'],
  ['a%E2%80%AEgpj', 'a gpj (unverified)'],
  ['x'.repeat(100), `${'x'.repeat(64)} (unverified)`],
] as const)('who calls themselves %j is %j', ([author, name]) => {
  expect(principalNamed(author)).toEqual({ name });
});
