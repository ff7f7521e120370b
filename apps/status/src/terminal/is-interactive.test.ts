import { expect, test } from 'vitest';
import { isInteractive } from './is-interactive.ts';

test.each([
  [true, { TERM: 'xterm' }, true],
  [true, { TERM: 'xterm', CI: 'false' }, true],
  [false, { TERM: 'xterm' }, false],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm', CI: 'true' }, false],
  [true, { TERM: 'xterm', CI: '1' }, false],
])('with a terminal: %s, in %o, a screen is shown: %s', (hasTerminal, environment, expected) => {
  expect(isInteractive({ hasTerminal, environment })).toBe(expected);
});
