import { expect, test } from 'vitest';
import { createScreen, duration, naming } from './screen.ts';

function told(isTerminal: boolean, hasColour: boolean): string {
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const screen = createScreen({ write, isTerminal, hasColour });
  screen.begin('It works');
  screen.held('It works', 12, 'make it work');
  screen.failed('It fails', 'because', 'make it fail');
  return text;
}

test('without a terminal the story is plain text', () => {
  expect(told(false, false)).toBe(
    `  ✓ ${'It works'.padEnd(62)}   12 ms\n      make it work\n  ✗ It fails\n      make it fail\n      because\n`,
  );
});

test('a terminal without colour gets no colour', () => {
  expect(told(true, false).replaceAll('\r\u001b[2K', '')).not.toContain('\u001b');
  expect(told(true, true)).toContain('\u001b[32m✓\u001b[0m');
});

test('a screen that names something does so in the line of every step', () => {
  const lines: string[] = [];
  const write = (text: string): void => {
    lines.push(text);
  };
  const screen = naming('the proxy', createScreen({ write, isTerminal: true, hasColour: false }));
  screen.begin('It works');
  screen.held('It works', 12, 'make it work');
  screen.failed('It fails', 'because', 'make it fail');
  const steps = lines.filter((line) => line.includes('It '));
  expect(steps).toHaveLength(3);
  for (const step of steps) expect(step).toMatch(/It (works|fails) {2,}the proxy/);
});

test.for([
  [0.25, '0.3 ms'],
  [12.4, '12 ms'],
  [999, '999 ms'],
  [1240, '1.24 s'],
] as const)('%d ms reads %s', ([ms, text]) => {
  expect(duration(ms)).toBe(text);
});
