import type { ChangeSource, ProxySource } from '@chancery/mesh-api';
import type { Io } from '../io.ts';
import { run } from '../run.ts';
import { fakeChanges, planOf } from './fake-changes.ts';
import { startMeshAgent } from './mesh-agent.ts';
import type { Printed } from './stub-agent.ts';

/** A change of an intention. */
export const denied = {
  kind: 'service-intentions',
  name: 'db',
  action: 'update',
  before: {},
  after: {},
  fields: [
    { path: 'Kind', after: 'service-intentions' },
    { path: 'Sources[Name=web].Action', before: 'allow', after: 'deny' },
    { path: 'Sources[Name=new]', after: { Name: 'new', Action: 'deny' } },
    { path: 'Meta', before: { team: 'x' } },
  ],
} as const;

/** A resource that changes. */
export const filter = {
  typeUrl: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
  name: 'envoy.filters.network.rbac',
  action: 'update',
  fields: [
    {
      path: 'typed_config.rules.policies["web => db"]',
      after: { permissions: [{ any: true }], principals: ['a regular expression of some length'] },
    },
  ],
  versionBefore: '1',
  versionAfter: '2',
  drain: { kind: 'nothing' },
} as const;

const listener = {
  typeUrl: 'type.googleapis.com/envoy.config.listener.v3.Listener',
  name: 'public_listener:0.0.0.0:21000',
  action: 'update',
  fields: [{ path: 'metadata.team', before: 'a', after: 'b' }],
  versionBefore: '1',
  versionAfter: '2',
  drain: { kind: 'chains', chains: ['one', '#2'] },
} as const;

/** A plan with something of everything. */
export const plan: ReturnType<typeof planOf> = planOf({
  changes: [denied],
  flips: [
    {
      source: 'web',
      destination: 'db',
      allowedBefore: true,
      allowedAfter: false,
      becauseBefore: 'web => db (allow)',
      becauseAfter: 'web => db (deny)',
    },
    {
      source: '*',
      destination: '*',
      allowedBefore: false,
      allowedAfter: true,
      becauseBefore: '* => * (deny)',
      becauseAfter: 'default (allow)',
    },
  ],
  proxies: [
    { proxyId: 'db-1', service: 'db', connected: true, resources: [filter, listener] },
    { proxyId: 'db-2', service: 'db', connected: false, resources: [filter] },
  ],
});

/** Has the plan above come of everything that is planned. */
export const withPlan: Partial<ChangeSource> = { plan: async () => ({ ok: true, value: plan }) };

/** What is to be written unless a test says otherwise. */
const entry = '{"Kind": "service-defaults", "Name": "web", "Protocol": "http"}';
/** What a command runs with. */
export interface Given {
  readonly answers?: Partial<ChangeSource>;
  /** What has become of a revision at the proxies. */
  readonly applied?: ProxySource['applied'];
  readonly input?: string;
  readonly io?: Partial<Io>;
}

/** Runs a command line against an agent with changes of a test's own. */
export async function changed(
  line: string,
  { answers = {}, applied = unasked, input = entry, io = {} }: Given = {},
): Promise<Printed & { readonly asked: readonly unknown[] }> {
  const { source, asked } = fakeChanges(answers);
  const proxies: ProxySource = { list: async () => [], config: async () => undefined, applied };
  await using agent = await startMeshAgent({ changes: source, proxies, revision: () => 42 });
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(line.split(' '), {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    environment: { CONSUL_HTTP_ADDR: agent.address },
    input: async () => input,
    ...io,
  });
  return { code, out: out.join('\n'), err: err.join('\n'), asked };
}

const unasked: ProxySource['applied'] = () => Promise.reject(new Error('not asked here'));
