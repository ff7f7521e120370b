import { describe, expect, test } from 'vitest';
import { parseRules, verify } from './index.ts';
import { meshWith, type Named } from './testing/mesh-of-names.ts';
import type { AssertionResult, IntentionFinding } from './verification.ts';

type DefaultAction = 'allow' | 'deny';

async function results(
  mesh: Named,
  block: string,
  defaultAction: DefaultAction = 'deny',
): Promise<AssertionResult> {
  const parsed = parseRules('rules.hcl', `assert { ${block} }`);
  if (!parsed.ok) throw new Error(parsed.lines.join('\n'));
  const found = verify(await meshWith(mesh), parsed.assertions, { defaultAction }).results[0];
  if (found === undefined) throw new Error('one assertion gives one result');
  return found;
}

const chain = {
  services: ['api', 'batch', 'payments', 'web'],
  intentions: ['web => api (allow)', 'api => payments (allow)'],
};

describe('never', () => {
  test('breaks where the source may connect, and names the intention', async () => {
    expect(await results(chain, 'never = "web -> api"')).toMatchObject({
      holds: false,
      counterexamples: ['web -> api'],
      why: 'web may connect to api: web => api (allow) decides, with precedence 9',
    });
  });

  test('holds where only a way by others leads there, unless that counts', async () => {
    expect(await results(chain, 'never = "web -> payments"')).toMatchObject({
      holds: true,
      counterexamples: [],
      why: 'web may not connect to payments: no intention speaks of it, and the default is deny',
    });
    expect(await results(chain, 'never = "web -> payments", transitive = true')).toMatchObject({
      holds: false,
      counterexamples: ['web -> api -> payments'],
      why: 'web -> api by web => api (allow); api -> payments by api => payments (allow)',
    });
  });

  test('tells what decides the first steps of a long way', async () => {
    const services = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const intentions = services.slice(1).map((name, at) => `${services[at]} => ${name} (allow)`);
    const found = await results({ services, intentions }, 'never = "a -> h", transitive = true');
    expect(found.counterexamples).toEqual(['a -> b -> c -> d -> e -> f -> g -> h']);
    expect(found.why).toMatch(
      /^a -> b by a => b \(allow\); .*; e -> f by e => f \(allow\); and 2 more$/,
    );
  });

  test('of any source breaks by a service to come that the default lets in', async () => {
    const mesh = { services: ['db', 'web'], intentions: ['web => db (deny)'] };
    expect(await results(mesh, 'never = "* -> db"', 'allow')).toMatchObject({
      holds: false,
      counterexamples: ['* -> db'],
    });
  });

  test('of any source breaks by an intention for a service that is not there yet', async () => {
    const mesh = { services: ['db'], intentions: ['batch => db (allow)'] };
    expect(await results(mesh, 'never = "* -> db"')).toMatchObject({
      holds: false,
      counterexamples: ['batch -> db'],
    });
  });

  test('to any destination looks at every service', async () => {
    expect(await results(chain, 'never = "web -> *", transitive = true')).toMatchObject({
      holds: false,
      counterexamples: ['web -> api', 'web -> api -> payments'],
    });
    expect((await results(chain, 'never = "batch -> *"')).holds).toBe(true);
  });

  test('names the shortest ways first, and counts those that it does not name', async () => {
    const names = Array.from({ length: 14 }, (_, at) => `s${String(at).padStart(2, '0')}`);
    const result = await results({ services: ['db', ...names] }, 'never = "* -> db"', 'allow');
    expect(result.counterexamples).toHaveLength(10);
    expect(result.counterexamples[0]).toBe('* -> db');
    expect(result.moreCounterexamples).toBe(5);
  });

  test('of a name that no service has does not hold by a slip of the pen', async () => {
    expect(await results(chain, 'never = "web -> paymnts"')).toMatchObject({
      holds: false,
      why: 'there is no service paymnts: did you mean payments?',
    });
  });

  test('may name a service that only a config entry declares', async () => {
    const entries = [{ kind: 'service-defaults', name: 'ledger', protocol: 'http' }];
    expect((await results({ ...chain, entries }, 'never = "web -> ledger"')).holds).toBe(true);
  });
});

describe('only', () => {
  test('holds as long as nobody else may connect, and tells of whom it knows nothing', async () => {
    expect(await results(chain, 'only = ["api", "nightly"], to = "payments"')).toMatchObject({
      holds: true,
      why: 'payments may be reached from api only; not registered: nightly',
    });
  });

  test('with ways by others counts those who reach the ones that may', async () => {
    expect(await results(chain, 'only = "api -> payments", transitive = true')).toMatchObject({
      holds: false,
      counterexamples: ['web -> api -> payments'],
    });
  });

  test('breaks by a wildcard and by the default', async () => {
    const intentions = ['* => payments (allow)', 'web => payments (deny)'];
    expect(await results({ ...chain, intentions }, 'only = "api -> payments"')).toMatchObject({
      counterexamples: ['* -> payments', 'batch -> payments'],
      why: '* may connect to payments: * => payments (allow) decides, with precedence 8',
    });
  });
});

test('to anything the shortest ways come first, wherever they lead', async () => {
  const mesh = {
    services: ['a', 'b', 'c', 'd'],
    intentions: ['a => b (allow)', 'b => c (allow)', 'd => c (allow)'],
  };
  const found = await results(mesh, 'only = ["a"], to = "*", transitive = true');
  expect(found.counterexamples).toEqual(['b -> c', 'd -> c']);
  const from = await results(mesh, 'never = "a -> *", transitive = true');
  expect(from.counterexamples).toEqual(['a -> b', 'a -> b -> c']);
  const intentions = ['x => a (deny)', '* => b (allow)', 'x => b (deny)'];
  const lacking = { services: ['a', 'b', 'x'], intentions };
  expect((await results(lacking, 'reachable = "* -> *"')).counterexamples).toEqual([
    'b -> a',
    'x -> a',
    '* -> a',
    'x -> b',
    ...['a -> x', 'b -> x', '* -> x', 'a -> *', 'b -> *', 'x -> *'],
  ]);
});

test('only about a destination that no service is fails', async () => {
  expect(await results(chain, 'only = ["api"], to = "pay"')).toMatchObject({
    holds: false,
    why: expect.stringContaining('there is no service pay'),
  });
});

describe('the services that exist', () => {
  test("are not Consul's own servers, nor sidecars, but what these stand for", async () => {
    const mesh = { services: ['consul', 'db'], sidecars: ['web'] };
    const found = await results(mesh, 'never = "* -> db"', 'allow');
    expect(found.counterexamples).toEqual(['* -> db', 'web -> db']);
    expect((await results(mesh, 'never = "web-sidecar-proxy -> db"')).why).toContain('no service');
  });
});

describe('reachable', () => {
  test('tells why it breaks', async () => {
    expect(await results(chain, 'reachable = "batch -> payments"')).toMatchObject({
      holds: false,
      counterexamples: ['batch -> payments'],
      why: 'batch may not connect to payments: no intention speaks of it, and the default is deny',
    });
    const block = 'reachable = "batch -> payments", transitive = true';
    expect((await results(chain, block)).why).toBe(
      'no way leads from batch to payments: payments may be reached from api, web only',
    );
  });

  test('tells by which way it holds', async () => {
    const block = 'reachable = "web -> payments", transitive = true';
    expect(await results(chain, block)).toMatchObject({
      holds: true,
      why: 'web -> api by web => api (allow); api -> payments by api => payments (allow)',
    });
  });

  test('from anywhere must hold for services to come as well', async () => {
    const intentions = [
      'api => payments (allow)',
      'web => payments (allow)',
      'batch => payments (allow)',
    ];
    const mesh = { ...chain, intentions };
    expect((await results(mesh, 'reachable = "* -> payments"')).counterexamples).toEqual([
      '* -> payments',
    ]);
    const open = { ...chain, intentions: ['* => payments (allow)'] };
    expect((await results(open, 'reachable = "* -> payments"')).holds).toBe(true);
  });
});

describe('intentions without effect', () => {
  async function findings(mesh: Named, defaultAction: DefaultAction): Promise<readonly string[]> {
    const found: readonly IntentionFinding[] = verify(await meshWith(mesh), [], {
      defaultAction,
    }).findings;
    return found.map(({ kind, intention, why }) => `${kind}: ${intention}: ${why}`);
  }

  test('are those that name a service that does not exist', async () => {
    const mesh = {
      services: ['db', 'web'],
      intentions: ['wbe => db (allow)', 'web => db (allow)'],
    };
    expect(await findings(mesh, 'deny')).toEqual([
      'dead: wbe => db (allow): there is no service wbe: did you mean web?',
    ]);
  });

  test('are those that repeat what would be decided without them', async () => {
    const mesh = {
      services: ['api', 'db', 'web'],
      intentions: ['web => db (deny)', 'api => db (allow)', '* => db (deny)'],
    };
    expect(await findings(mesh, 'allow')).toEqual([
      'redundant: web => db (deny): without it * => db (deny) would decide the same',
    ]);
  });

  test('are those before which others always come, as far as services exist', async () => {
    const mesh = {
      services: ['api', 'db'],
      intentions: ['api => db (allow)', '* => db (deny)'],
    };
    expect(await findings(mesh, 'allow')).toEqual([
      'shadowed: * => db (deny): for every service that exists others decide (api => db (allow)); it speaks only of services to come',
    ]);
  });

  test('are none of those that repeat the default where something else would come between', async () => {
    const mesh = {
      services: ['api', 'db', 'web'],
      intentions: ['* => db (deny)', 'web => * (allow)', '* => * (deny)'],
    };
    expect(await findings(mesh, 'deny')).toEqual([
      'redundant: * => * (deny): without it the default (deny) would decide the same',
    ]);
  });

  test('are none of those with permissions: they are about requests', async () => {
    const entries = [
      { kind: 'service-defaults', name: 'db', protocol: 'http' },
      {
        kind: 'service-intentions',
        name: 'db',
        sources: [{ name: 'web', permissions: [{ action: 'allow', http: { path_prefix: '/' } }] }],
      },
    ];
    const mesh = { services: ['db', 'web', 'x'], entries };
    expect(await findings(mesh, 'deny')).toEqual([]);
    // Without the denial requests would be judged by the permissions, though a connection is denied either way.
    const permissions = [{ action: 'allow', http: { path_prefix: '/' } }];
    const sources = [
      { name: 'web', action: 'deny' },
      { name: '*', permissions },
    ];
    const denied = [entries[0] ?? {}, { kind: 'service-intentions', name: 'db', sources }];
    expect(await findings({ ...mesh, entries: denied }, 'allow')).toEqual([]);
  });
});
