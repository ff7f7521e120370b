import type { Right } from '@chancery/model';
import { failure } from './reply.ts';
import type { Method, Route } from './route.ts';

/** A route of Consul's that is here only to say that what it needs is not. */
export interface NotBuilt {
  readonly method: Method;
  readonly path: string;
  readonly right: Right;
  readonly status: 401 | 501;
  /** What is missing, in the sentence that is answered. */
  readonly says: string;
}

type Rights = Readonly<Partial<Record<Method, Right>>>;

function missing(says: string, paths: Readonly<Record<string, Rights>>): readonly NotBuilt[] {
  return Object.entries(paths).flatMap(([path, rights]) =>
    Object.entries(rights).map(([method, right]) => ({
      method: method as Method,
      path: `/v1/${path}`,
      right,
      status: 501,
      says,
    })),
  );
}

const sessions = 'Sessions, and the locks that they hold, are not built yet';
const queries = 'Prepared queries are not built yet: ask for the health of a service instead';
const gossip = 'There is no gossip here, and so no keys for it: nothing is to be set up';
const raft =
  'This agent is alone: there is no Raft here, no peer of it and no leadership to hand over';
const peers = 'Peering with other clusters is not built yet';

/** What is left of Consul's API, but for tokens. */
const later: readonly NotBuilt[] = [
  ...missing('The key/value store is not built yet', {
    'kv/*': { GET: 'key:read', PUT: 'key:write', DELETE: 'key:write' },
  }),
  ...missing(sessions, {
    'session/create': { PUT: 'session:write' },
    'session/destroy/*': { PUT: 'session:write' },
    'session/renew/*': { PUT: 'session:write' },
    'session/info/*': { GET: 'session:read' },
    'session/node/*': { GET: 'session:read' },
    'session/list': { GET: 'session:read' },
  }),
  ...missing('Transactions are not built yet: make the changes one by one', {
    txn: { PUT: 'key:write' },
  }),
  ...missing('Events are not built yet', {
    'event/fire/*': { PUT: 'event:write' },
    'event/list': { GET: 'event:read' },
  }),
  ...missing(queries, {
    query: { GET: 'query:read', POST: 'query:write' },
    'query/:id': { GET: 'query:read', PUT: 'query:write', DELETE: 'query:write' },
    'query/:id/execute': { GET: 'query:read' },
    'query/:id/explain': { GET: 'query:read' },
  }),
  ...missing('Snapshots are not built yet: copy the data directory while the agent is stopped', {
    snapshot: { GET: 'operator:read', PUT: 'operator:write' },
  }),
  ...missing('Federation of datacenters is not built yet: there is this one only', {
    'internal/federation-states': { GET: 'operator:read' },
    'internal/federation-states/mesh-gateways': { GET: 'operator:read' },
    'internal/federation-state/*': { GET: 'operator:read' },
  }),
  ...missing(gossip, {
    'operator/keyring': {
      GET: 'operator:read',
      POST: 'operator:write',
      PUT: 'operator:write',
      DELETE: 'operator:write',
    },
  }),
  ...missing(raft, {
    'operator/raft/transfer-leader': { POST: 'operator:write' },
    'operator/raft/peer': { DELETE: 'operator:write' },
    'operator/autopilot/configuration': { PUT: 'operator:write' },
  }),
  ...missing(peers, {
    'peering/token': { POST: 'peering:write' },
    'peering/establish': { POST: 'peering:write' },
  }),
  ...missing('Gateways are not shown yet', {
    'internal/ui/gateway-services-nodes/*': { GET: 'service:read' },
    'internal/ui/gateway-intentions/*': { GET: 'intention:read' },
  }),
  ...missing(peers, {
    'internal/ui/exported-services': { GET: 'service:read' },
  }),
  ...missing('There is no web interface here, and no source of metrics behind it', {
    'internal/ui/metrics-proxy/*': { GET: 'operator:read' },
  }),
  ...missing('Virtual IP addresses of services are not built yet', {
    'internal/service-virtual-ip': { PUT: 'service:write' },
  }),
];

const changes = { GET: 'acl:read', PUT: 'acl:write', DELETE: 'acl:write' } as const;

/** Consul's own words for an agent that runs without tokens, as this one does. */
const withoutTokens: readonly NotBuilt[] = missing('ACL support disabled', {
  'acl/bootstrap': { PUT: 'anyone' },
  'acl/login': { POST: 'anyone' },
  'acl/logout': { POST: 'anyone' },
  'acl/replication': { GET: 'anyone' },
  'acl/token/self': { GET: 'anyone' },
  'acl/tokens': { GET: 'acl:read' },
  'acl/token': { PUT: 'acl:write' },
  'acl/token/*': changes,
  'acl/policies': { GET: 'acl:read' },
  'acl/policy': { PUT: 'acl:write' },
  'acl/policy/*': changes,
  'acl/policy/name/*': { GET: 'acl:read' },
  'acl/roles': { GET: 'acl:read' },
  'acl/role': { PUT: 'acl:write' },
  'acl/role/*': changes,
  'acl/role/name/*': { GET: 'acl:read' },
  'acl/auth-methods': { GET: 'acl:read' },
  'acl/auth-method': { PUT: 'acl:write' },
  'acl/auth-method/*': changes,
  'acl/binding-rules': { GET: 'acl:read' },
  'acl/binding-rule': { PUT: 'acl:write' },
  'acl/binding-rule/*': changes,
  'acl/templated-policies': { GET: 'acl:read' },
  'acl/templated-policy/name/*': { GET: 'acl:read' },
  'acl/templated-policy/preview/*': { POST: 'acl:read' },
  'agent/token/*': { PUT: 'agent:write' },
  'internal/acl/authorize': { POST: 'anyone' },
}).map((route) => ({ ...route, status: 401 }));

/** Every route of Consul's that is not built, for whoever lists what is missing. */
export const notBuilt: readonly NotBuilt[] = [...later, ...withoutTokens];

/** The routes that say so. */
export const notBuiltRoutes: readonly Route[] = notBuilt.map(
  ({ method, path, right, status, says }) => ({
    method,
    path,
    right,
    blocking: 'none',
    answer: () => failure(status, says),
  }),
);
