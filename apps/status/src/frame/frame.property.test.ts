import { create } from '@bufbuild/protobuf';
import { WatchMatrixRequestSchema } from '@chancery/mesh-api/v1/status';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reduce } from '../state/reduce.ts';
import type { State } from '../state/state.ts';
import { keys, testNow, toldState } from '../testing/told-state.ts';
import { proxy, service, smallWorld } from '../testing/world.ts';
import { message, worldMatrix } from '../testing/world-messages.ts';
import { widthOf } from './fit.ts';
import { frame } from './frame.ts';
import { lineText } from './span.ts';

const evil = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\u001b]0;title\u0007',
    '\u001b[2J',
    'a\nb',
    '\u202egnp.exe',
    '名前',
    '\ufe0fname\ufe0f',
    'e\u0301\u0301\u200d',
    '🇩🇪',
    '👩‍👩‍👧',
    'x'.repeat(300),
  ),
);
const key = fc.constantFrom(
  ...'jkhlgGxcymsS!/:?123456adDreYnq '.split(''),
  ...[
    'enter',
    'escape',
    'up',
    'down',
    'left',
    'right',
    'pagedown',
    'pageup',
    'home',
    'end',
    'tab',
    'shift-tab',
    'backspace',
    'ctrl-d',
    'ctrl-u',
  ],
);
const size = fc.record({
  columns: fc.integer({ min: 1, max: 220 }),
  rows: fc.integer({ min: 1, max: 70 }),
});

/** What anybody who registers something may have the screen show. */
function toldOf(text: string): State {
  const at = { now: testNow };
  const told = message(
    {
      case: 'services',
      value: { changed: [service(text, { tags: [text], upstreams: [text], instances: 1 })] },
    },
    at,
  );
  const more = message({ case: 'proxies', value: { changed: [proxy(testNow, text, text)] } }, at);
  const start = toldState(smallWorld(testNow), { mayWrite: true });
  const state = [told, more].reduce(
    (present, each) => reduce(present, { kind: 'message', message: each }),
    start,
  );
  const names = create(WatchMatrixRequestSchema, {
    sources: [text, 'web'],
    destinations: ['db', text],
  });
  return reduce(state, { kind: 'matrix', answer: worldMatrix(smallWorld(testNow), names) });
}

test('whatever was registered and typed, a frame fits its terminal and steers nothing', () => {
  fc.assert(
    fc.property(
      evil,
      fc.array(key, { maxLength: 25 }),
      size,
      fc.boolean(),
      (text, pressed, terminal, ascii) => {
        const state = keys(reduce(toldOf(text), { kind: 'resize', size: terminal }), ...pressed);
        const lines = frame(state, { ascii }).map(lineText);
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, terminal.rows - 1));
        for (const line of lines) {
          expect(widthOf(line)).toBeLessThanOrEqual(terminal.columns);
          expect(line).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
          if (ascii) expect(line).toMatch(/^[ -~]*$/);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('below 60 x 15 a plain message says what is needed', () => {
  for (const terminal of [
    { columns: 59, rows: 30 },
    { columns: 100, rows: 14 },
  ]) {
    const text = frame(reduce(toldState(), { kind: 'resize', size: terminal }))
      .map(lineText)
      .join('\n');
    expect(text).toContain('needs 60 x 15 characters');
    expect(text).toContain(`has ${terminal.columns} x ${terminal.rows}`);
  }
});
