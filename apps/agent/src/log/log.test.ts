import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logInto(lines: string[], logLevel: 'info' | 'debug' = 'info') {
  return createLog({ logLevel, logJson: false }, (line) => lines.push(line));
}

/** Takes so many pieces of a followed log, then leaves. */
async function taken(pieces: AsyncIterable<string>, count: number): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const piece of pieces) {
    found.push(piece);
    if (found.length === count) break;
  }
  return found;
}

test('who follows the log hears the level it asked for, and the log stays as it is', async () => {
  const lines: string[] = [];
  const { log, monitor } = logInto(lines);
  const { signal } = new AbortController();
  const curious = taken(monitor({ level: 'debug', json: false }, signal), 2);
  const calm = taken(monitor({ level: 'warn', json: true }, signal), 1);
  log.debug({ part: 'http' }, 'asked');
  await Promise.resolve();
  log.warn('late');
  expect(await curious).toEqual([
    expect.stringMatching(/Z \[DEBUG\] http: asked\n$/),
    expect.stringMatching(/Z \[WARN\] {2}agent: late\n$/),
  ]);
  expect(JSON.parse((await calm)[0] ?? '')).toMatchObject({ '@message': 'late', '@level': 'warn' });
  expect(lines).toEqual([expect.stringContaining('agent: late')]);
});

test('when its followers are gone, a log makes no more than it writes', async () => {
  const { log, monitor } = logInto([]);
  const gone = new AbortController();
  const following = taken(monitor({ level: 'trace', json: false }, gone.signal), 1);
  expect(log.isLevelEnabled('trace')).toBe(true);
  gone.abort();
  expect(await following).toEqual([]);
  expect(log.isLevelEnabled('debug')).toBe(false);
});

test('the level may be changed while the log is followed', async () => {
  const lines: string[] = [];
  const { log, monitor, setLevel } = logInto(lines);
  const { signal } = new AbortController();
  const following = taken(monitor({ level: 'info', json: false }, signal), 1);
  setLevel('error');
  log.info('told to the follower');
  setLevel('debug');
  log.debug('told to the log');
  expect((await following).join('')).toContain('told to the follower');
  expect(lines).toEqual([expect.stringContaining('told to the log')]);
});

test('a reader that stands still costs a bounded memory, and is told how much it missed', async () => {
  const { log, monitor } = logInto([], 'debug');
  const pieces = monitor({ level: 'debug', json: false }, new AbortController().signal);
  const first = pieces[Symbol.asyncIterator]().next();
  log.debug('first');
  await first;
  for (let line = 0; line < 10_000; line++) log.debug(`line ${line} ${'x'.repeat(100)}`);
  const [kept = '', note] = await taken(pieces, 2);
  const lines = kept.trimEnd().split('\n').length;
  expect(kept.length).toBeLessThanOrEqual(256 * 1024);
  expect(lines).toBeGreaterThan(1000);
  expect(note).toContain(`monitor: ${10_000 - lines} lines were left out`);
});
