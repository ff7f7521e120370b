import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routes } from './routes.ts';
import { ask } from './testing/ask.ts';
import { startInMemoryAgent } from './testing/in-memory-agent.ts';

const odd = ['', '.', '-1', '0', '1e400', 'null', '__proto__', 'constructor', '"', "'", '%', '\n'];
const words = ['web', 'db', 'x', 'a/b', 'default/web', '*', 'ä', '🙂', 'passing', 'true', '10s'];
const long = 'x'.repeat(3000);

const text = fc.oneof(
  fc.constantFrom(...odd, ...words, long),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.integer().map(String),
);

/** A path to a route with anything in place of its parameters, or one that is nearly so. */
function pathOf(path: string): fc.Arbitrary<string> {
  const segments = path.split(/(\*|:\w+)/).map((part, at) => {
    if (at % 2 === 0) return fc.constant(part);
    return fc.oneof(text.map(inPath), fc.constantFrom('', 'a%zz', '%00', 'a%2fb', '%2e%2e'));
  });
  return fc.tuple(...segments).map((parts) => parts.join(''));
}

/** Texts may hold halves of characters, which have no encoding. */
function inPath(part: string): string {
  return encodeURIComponent(part.toWellFormed());
}

const parameters = [
  ...['index', 'wait', 'hash', 'stale', 'consistent', 'cached', 'max_stale', 'dc', 'ns', 'near'],
  ...['node-meta', 'tag', 'passing', 'filter', 'pretty', 'peer', 'source', 'destination', 'by'],
  ...['name', 'note', 'cas', 'enable', 'reason', 'format', 'kind', 'replace-existing-checks'],
];

const query = fc
  .array(fc.tuple(fc.constantFrom(...parameters), text), { maxLength: 4 })
  // Whatever a read waits for, the test waits no longer.
  .map((pairs) => new URLSearchParams([['wait', '1ms'], ...pairs]));

const keys = [
  ...['Name', 'ID', 'Node', 'Address', 'Port', 'Service', 'Check', 'Checks', 'Connect', 'Kind'],
  ...['SidecarService', 'Proxy', 'Upstreams', 'Config', 'Action', 'Sources', 'Permissions'],
  ...['SourceName', 'DestinationName', 'Meta', 'Tags', 'Weights', 'Status', 'Target', 'TTL'],
  ...['ClientCertURI', 'Coord', 'Vec', 'Protocol', 'Routes', 'Splits', 'Subsets', 'Listeners'],
  ...['Services', 'Interval', 'HTTP', 'TCP', 'TaggedAddresses', '__proto__', 'constructor'],
];

/** JSON in which known keys hold anything. */
const body = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(2 ** 53, -1, 1e308, '10s', 'web', 'connect-proxy', 'service-defaults', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...keys), tie('value')), { maxLength: 5 }).map(objectOf),
  ),
})).value;

/** As text, for `__proto__` is a key like any other there. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const members = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${members.join(',')}}`);
}

interface Attempt {
  readonly line: string;
  readonly body: unknown;
}

const attempt: fc.Arbitrary<Attempt> = fc.constantFrom(...routes).chain(({ method, path }) =>
  fc.record({
    line: fc.tuple(pathOf(path), query).map(([to, pairs]) => `${method} ${to}?${pairs}`),
    body: method === 'GET' ? fc.constant(undefined) : body,
  }),
);

test('whatever a route is asked, it answers itself, and what it refuses has no effect', async () => {
  await using agent = await startInMemoryAgent();
  const made = async ({ line, body: value }: Attempt): Promise<void> => {
    const { revision } = agent.store.view;
    const sent = value === undefined ? {} : { body: JSON.stringify(value) };
    const { status, text: answer } = await ask(agent, line, sent);
    expect(answer).not.toContain('Internal error');
    expect(agent.lines).toEqual([]);
    if (status >= 400) expect(agent.store.view.revision).toBe(revision);
  };
  await fc.assert(fc.asyncProperty(attempt, made), { numRuns: 1000 });
}, 60_000);
