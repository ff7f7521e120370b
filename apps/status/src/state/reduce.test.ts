import { create } from '@bufbuild/protobuf';
import { WatchMatrixRequestSchema } from '@chancery/mesh-api/v1/status';
import { describe, expect, test } from 'vitest';
import { frame } from '../frame/frame.ts';
import { keys, shown, testNow, toldState, typed } from '../testing/told-state.ts';
import { service, smallWorld } from '../testing/world.ts';
import { message, worldMatrix, worldMessages } from '../testing/world-messages.ts';
import { cursorId } from './cursor.ts';
import { matrixCursor } from './matrix-cursor.ts';
import { reduce } from './reduce.ts';
import type { State } from './state.ts';

const at = { now: testNow };

describe('moving', () => {
  test('arrows and hjkl move alike', () => {
    const proxies = keys(toldState(), '2');
    expect(cursorId(keys(proxies, 'j'))).toBe(cursorId(keys(proxies, 'down')));
    expect(cursorId(keys(proxies, 'G', 'k'))).toBe(cursorId(keys(proxies, 'end', 'up')));
    const matrix = keys(toldState(), '4', 'l', 'j');
    expect(matrixCursor(matrix)).toMatchObject({ source: 'db', destination: 'db' });
    expect(matrixCursor(keys(matrix, 'left', 'up'))).toMatchObject({
      source: 'api',
      destination: 'api',
    });
  });

  test('the cursor on a pair leaves all three of its signs to be seen', () => {
    const services = ['api', 'db', 'payments', 'web'];
    const names = create(WatchMatrixRequestSchema, { sources: services, destinations: services });
    const told = reduce(toldState(), {
      kind: 'matrix',
      answer: worldMatrix(smallWorld(testNow), names),
    });
    expect(shown(keys(told, '4', 'j', 'j', 'j', 'l'))).toMatch(/▸ web +✓→● +\[✗→●\]/);
  });

  test('the cursor stays on its item when rows come before it', () => {
    const there = keys(toldState(), '3', 'j', 'j');
    expect(cursorId(there)).toBe('payments');
    const value = { changed: [service('aaa'), service('abc')] };
    const later = reduce(there, {
      kind: 'message',
      message: message({ case: 'services', value }, at),
    });
    expect(cursorId(later)).toBe('payments');
    expect(cursorId(keys(later, 'k'))).toBe('db');
  });

  test('where the item is gone the cursor stays where it was', () => {
    const there = keys(toldState(), '3', 'j');
    const value = { removed: ['db'] };
    const later = reduce(there, {
      kind: 'message',
      message: message({ case: 'services', value }, at),
    });
    expect(cursorId(later)).toBe('payments');
  });

  test('enter goes in, esc and q come back, q then quits', () => {
    const page = keys(toldState(), '2', 'enter');
    expect(shown(page)).toContain('Proxy db-sidecar-proxy');
    expect(keys(page, 'escape').pages).toEqual([]);
    expect(keys(page, 'q')).toMatchObject({ pages: [], isOver: false });
    expect(keys(page, 'q', 'q').isOver).toBe(true);
  });

  test('ctrl-c ends the screen whatever is open', () => {
    for (const open of [['2', 'enter'], ['/'], [':'], ['?'], ['4', 'x']]) {
      expect(keys(toldState(), ...open, 'ctrl-c').isOver).toBe(true);
    }
  });
});

describe('filtering and sorting', () => {
  test('words compose, with ! before those that must not be there, and stand in the title', () => {
    const filtered = typed(keys(toldState(), '2'), '/sidecar !web');
    const text = shown(keys(filtered, 'enter'));
    expect(text).toContain('Proxies 3 of 4 · filter: sidecar !web');
    expect(text).not.toContain('web-sidecar-proxy');
  });

  test('a filter and `only problems` compose, survive what comes in, and esc takes them away', () => {
    const both = keys(typed(keys(toldState(), '2'), '/d'), 'enter', '!');
    expect(shown(both)).toContain('Proxies 3 of 4 · filter: d · only problems');
    const later = worldMessages(smallWorld(testNow)).reduce(
      (state, each) => reduce(state, { kind: 'message', message: each }),
      both,
    );
    expect(shown(later)).toContain('Proxies 3 of 4 · filter: d · only problems');
    expect(shown(keys(later, 'escape'))).toContain('Proxies 4 ─');
  });

  test('leaving a filter while it is written takes it away; each view has its own', () => {
    const written = typed(keys(toldState(), '2'), '/web');
    expect(shown(keys(written, 'escape'))).toContain('Proxies 4 ─');
    expect(shown(keys(written, 'enter', '3'))).toContain('Services 4 ─');
    expect(shown(keys(written, 'enter', '3', '2'))).toContain('filter: web');
  });

  test('s sorts by the next column and S turns the order round, with the cursor on its item', () => {
    const services = keys(toldState(), '3', 'j');
    const sorted = keys(services, 's');
    expect(shown(sorted)).toContain('HEALTH▲');
    expect(cursorId(sorted)).toBe('db');
    expect(shown(keys(sorted, 'S'))).toContain('HEALTH▼');
    expect(cursorId(keys(sorted, 'S'))).toBe('db');
  });

  test('the matrix is filtered by sources, and behind > by destinations', () => {
    const text = shown(keys(typed(keys(toldState(), '4'), '/web > db'), 'enter'));
    expect(text).toContain('who may reach whom 1 x 1 · filter: web > db');
  });
});

describe('jumping', () => {
  test.each([
    [':proxies', 'Proxies 4'],
    [':px', 'Proxies 4'],
    [':certs', 'Certificates 5'],
    [':hist', 'History 2'],
    [':intentions', 'who may reach whom'],
    [':explain web db', 'Explain web → db'],
    [':config web-sidecar-proxy', 'Configuration of web-sidecar-proxy'],
  ])('%s', (text, title) => {
    expect(shown(keys(typed(toldState(), text), 'enter'))).toContain(title);
  });

  test(':svc web goes to the service', () => {
    const there = keys(typed(toldState(), ':svc web'), 'enter');
    expect([there.view, cursorId(there)]).toEqual(['services', 'web']);
  });

  test('of a long problem the overview shows that it goes on', () => {
    const narrow = reduce(toldState(), { kind: 'resize', size: { columns: 60, rows: 24 } });
    expect(shown(narrow)).toMatch(/^ {2}✗ db-sidecar-proxy rejected.*\n {4}\S.*…$/m);
  });

  test('what was told gives way to the keys with the next one', () => {
    const told = keys(typed(keys(toldState(), '2'), ':prxies'), 'enter');
    const text = shown(keys(told, 'down'));
    expect(text).not.toContain('is not known');
    expect(text).toContain('enter open');
  });

  test('a word that is not known is told with those that are', () => {
    const text = shown(keys(typed(toldState(), ':prxies'), 'enter'));
    expect(text).toContain(':prxies is not known: overview, proxies');
  });

  test('tab completes a word', () => {
    expect(keys(typed(toldState(), ':cert'), 'tab').mode).toEqual({
      kind: 'jump',
      text: 'certificates ',
    });
  });

  test('enter on a problem of the overview goes to what it is about', () => {
    const there = keys(toldState(), 'G', 'k', 'enter');
    expect([there.view, cursorId(there)]).toEqual(['services', 'db']);
  });
});

describe('the menu', () => {
  test('is searched, and does what is chosen', () => {
    const open = typed(keys(toldState(), '2'), '?only problems');
    expect(shown(open)).toContain('search: only problems');
    const chosen = keys(open, 'enter');
    expect([chosen.mode.kind, chosen.onlyProblems]).toEqual(['browse', true]);
  });

  test('offers only what applies where it is opened', () => {
    expect(shown(keys(toldState(), '3', '?'))).toContain('sort');
    expect(shown(keys(toldState(), '1', '?'))).not.toContain('Sort by the next column');
  });
});

test('what is copied is what is under the cursor', () => {
  expect(keys(toldState(), '3', 'y').copied).toEqual({ text: 'api', count: 1 });
  expect(keys(toldState(), '4', 'j', 'y').copied.text).toBe('db api');
});

test('space holds still what is shown, and says how far behind it is', () => {
  const paused = keys(toldState(), '3', ' ');
  const value = { changed: [service('late')] };
  const told = message({ case: 'services', value }, { now: testNow, revision: 45n });
  const later = reduce(paused, { kind: 'message', message: told });
  expect(shown(later)).toContain('paused, 3 revisions behind');
  expect(shown(later)).not.toContain('late');
  expect(shown(keys(later, ' '))).toContain('late');
});

describe('a lost connection', () => {
  const lost = reduce(reduce(toldState(), { kind: 'tick', now: testNow + 1000 }), {
    kind: 'lost',
    at: testNow + 1000,
    reason: 'Post "http://127.0.0.1:8500/x": dial tcp 127.0.0.1:8500: connect: connection refused',
    retryAt: testNow + 3000,
  });

  test('leaves what was heard last in sight, with its age and the next attempt', () => {
    const later = reduce(lost, { kind: 'tick', now: testNow + 2000 });
    const text = shown(keys(later, '2'));
    expect(text).toContain('web-sidecar-proxy');
    expect(text).toMatch(/lost 1 s ago, retry in 1 s/);
    const tones = frame(keys(later, '2'))
      .slice(3, -1)
      .flatMap(({ spans }) => spans);
    for (const { text: part, tone } of tones) if (part.trim() !== '') expect(tone).toBe('faint');
    expect(text).toContain(' ✗ dial tcp 127.0.0.1:8500: connect: connection refused');
  });

  test('is over when all was told anew: nothing is blank meanwhile, and what is gone is gone', () => {
    const [first, ...rest] = worldMessages(smallWorld(testNow));
    if (first === undefined) throw new Error('a world without messages');
    const again = reduce(reduce(lost, { kind: 'opened' }), { kind: 'message', message: first });
    expect(shown(keys(again, '2'))).toContain('web-sidecar-proxy');
    const without = rest.filter(({ part }) => part.case !== 'proxies');
    const whole = without.reduce(
      (state, each) => reduce(state, { kind: 'message', message: each }),
      again,
    );
    expect(shown(keys(whole, '2'))).not.toContain('web-sidecar-proxy');
    expect(shown(whole)).toContain('● live');
  });
});

test('a paste is text where something is typed, and never keys', () => {
  const quiet = reduce(keys(toldState(), '2'), { kind: 'paste', text: 'qq\r' });
  expect([quiet.isOver, quiet.view]).toEqual([false, 'proxies']);
  const filter = reduce(keys(quiet, '/'), { kind: 'paste', text: 'web\u001b[31m\n' });
  expect(filter.mode).toEqual({ kind: 'filter', text: 'web [31m ' });
});

test('a page that is leafed through leaves out no line', () => {
  const small = toldState(undefined, { size: { columns: 80, rows: 15 } });
  const large = toldState(undefined, { size: { columns: 80, rows: 80 } });
  const open = (state: State): State => keys(state, '2', 'enter');
  const whole = shown(open(large)).split('\n').slice(3, -1);
  const seen = new Set<string>();
  let page = open(small);
  for (let at = 0; at < 6; at += 1) {
    for (const line of shown(page).split('\n').slice(3, -1)) seen.add(line);
    page = keys(page, 'pagedown');
  }
  for (const line of whole) expect(seen).toContain(line);
});
