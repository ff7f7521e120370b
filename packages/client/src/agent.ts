import type { Connection } from './connection.ts';
import { type Answer, json, type ReadOptions, read, segment } from './read.ts';
import type { AgentCheck, Member, Self } from './self.ts';
import type {
  AgentService,
  CheckRegistration,
  OpaqueObject,
  ServiceRegistrationEntry,
} from './service.ts';

/** The routes under `/v1/agent`: what one agent looks after. */
export interface AgentClient {
  self(): Promise<Self>;
  version(): Promise<{ readonly HumanVersion: string }>;
  /** What the machine of the agent is: memory, processors, disks. */
  host(): Promise<OpaqueObject>;
  /** What the agent has counted and measured. */
  metrics(): Promise<OpaqueObject>;
  members(options?: MembersOptions): Promise<readonly Member[]>;
  /** Every instance of this agent, by ID. */
  services(options?: ReadOptions): Promise<Readonly<Record<string, AgentService>>>;
  /** One instance; with a `hash` of an earlier answer it waits for a change. */
  service(id: string, options?: HashReadOptions): Promise<Answer<AgentService>>;
  checks(options?: ReadOptions): Promise<Readonly<Record<string, AgentCheck>>>;
  register(
    registration: ServiceRegistrationEntry,
    options?: { readonly replaceExistingChecks?: boolean },
  ): Promise<void>;
  deregister(id: string): Promise<void>;
  registerCheck(check: CheckRegistration & { readonly ServiceID?: string }): Promise<void>;
  deregisterCheck(id: string): Promise<void>;
  /** Reports the verdict of a TTL check. */
  updateCheck(
    id: string,
    verdict: { readonly Status: 'passing' | 'warning' | 'critical'; readonly Output?: string },
  ): Promise<void>;
  /** Takes the whole node out of service, or back; its checks say why. */
  maintainNode(maintenance: Maintenance): Promise<void>;
  /** The same of one instance, by its ID. */
  maintainService(id: string, maintenance: Maintenance): Promise<void>;
  /** Asks whether the bearer of a certificate may connect to `Target`. */
  authorize(asked: {
    readonly Target: string;
    readonly ClientCertURI: string;
    readonly ClientCertSerial: string;
  }): Promise<{ readonly Authorized: boolean; readonly Reason: string }>;
  /** The log from now on, in pieces of whole lines or less, until the signal aborts or the loop is left. */
  monitor(options?: MonitorOptions): Promise<AsyncIterable<string>>;
  reload(): Promise<void>;
  leave(): Promise<void>;
  /** Has the agent join the cluster of another, at `host` or `host:port`. */
  join(address: string, options?: { readonly wan?: boolean }): Promise<void>;
  /** Has the cluster give up a node that failed; with `prune` also forget it. */
  forceLeave(
    node: string,
    options?: { readonly prune?: boolean; readonly wan?: boolean },
  ): Promise<void>;
}

/** Which members are listed: of every network segment unless one is named. */
export interface MembersOptions {
  readonly segment?: string;
  /** The servers of all datacenters. */
  readonly wan?: boolean;
  readonly filter?: string;
}

/** Whether something is out of service, and why. */
export type Maintenance =
  | { readonly enable: true; readonly reason?: string }
  | { readonly enable: false };

/** What of the log is sent: from `INFO` on and as text unless it is said otherwise. */
export interface MonitorOptions {
  readonly logLevel?: string;
  /** Each line as JSON. */
  readonly json?: boolean;
  readonly signal?: AbortSignal;
}

/** How a read that is hashed waits. */
export interface HashReadOptions {
  readonly hash?: string;
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

/** The agent's routes over a connection. */
export function agentClient(connection: Connection): AgentClient {
  return { ...readingRoutes(connection), ...writingRoutes(connection) };
}

type Writing =
  | 'register'
  | 'deregister'
  | 'registerCheck'
  | 'deregisterCheck'
  | 'updateCheck'
  | 'maintainNode'
  | 'maintainService'
  | 'reload'
  | 'leave'
  | 'join'
  | 'forceLeave';

function readingRoutes(connection: Connection): Omit<AgentClient, Writing> {
  const value = async <T>(path: string, options?: ReadOptions, query = {}): Promise<T> =>
    (await read<T>(connection, `/v1/agent/${path}`, options, query)).value;
  return {
    self: () => value('self'),
    version: () => value('version'),
    host: () => value('host'),
    metrics: () => value('metrics'),
    members: ({ segment: name = '_all', wan, ...options } = {}) =>
      value('members', options, { segment: name, ...(wan && { wan: '1' }) }),
    services: (options) => value('services', options),
    service(id, options = {}) {
      const { hash, ...reading } = options;
      return read(connection, `/v1/agent/service/${segment(id)}`, reading, { hash });
    },
    checks: (options) => value('checks', options),
    async authorize(asked) {
      const path = '/v1/agent/connect/authorize';
      return json(await connection.send({ method: 'POST', path, body: asked }));
    },
    monitor: ({ logLevel = 'INFO', json: asJson, signal } = {}) =>
      connection.stream({
        method: 'GET',
        path: '/v1/agent/monitor',
        query: { loglevel: logLevel, ...(asJson && { logjson: 'true' }) },
        ...(signal && { signal }),
      }),
  };
}

function writingRoutes(connection: Connection): Pick<AgentClient, Writing> {
  const put = async (path: string, body?: unknown, query = {}): Promise<void> => {
    await connection.send({ method: 'PUT', path: `/v1/agent/${path}`, body, query });
  };
  return {
    register: (registration, { replaceExistingChecks } = {}) =>
      put(
        'service/register',
        registration,
        replaceExistingChecks ? { 'replace-existing-checks': '' } : {},
      ),
    deregister: (id) => put(`service/deregister/${segment(id)}`),
    registerCheck: (check) => put('check/register', check),
    deregisterCheck: (id) => put(`check/deregister/${segment(id)}`),
    updateCheck: (id, verdict) => put(`check/update/${segment(id)}`, verdict),
    maintainNode: (maintenance) => put('maintenance', undefined, maintenanceQuery(maintenance)),
    maintainService: (id, maintenance) =>
      put(`service/maintenance/${segment(id)}`, undefined, maintenanceQuery(maintenance)),
    reload: () => put('reload'),
    leave: () => put('leave'),
    join: (address, { wan } = {}) =>
      put(`join/${segment(address)}`, undefined, wan ? { wan: '1' } : {}),
    forceLeave: (node, { prune, wan } = {}) =>
      put(`force-leave/${segment(node)}`, undefined, {
        ...(prune && { prune: '1' }),
        ...(wan && { wan: '1' }),
      }),
  };
}

function maintenanceQuery(maintenance: Maintenance): Readonly<Record<string, string>> {
  if (!maintenance.enable) return { enable: 'false' };
  return { enable: 'true', reason: maintenance.reason ?? '' };
}
