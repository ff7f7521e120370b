import type { Connection } from './connection.ts';
import { type Answer, json, type ReadOptions, read, segment } from './read.ts';
import type { AgentService, CheckRegistration, ServiceRegistrationEntry } from './service.ts';

/** A check as an agent knows it. */
export interface AgentCheck {
  readonly Node: string;
  readonly CheckID: string;
  readonly Name: string;
  readonly Status: string;
  readonly Notes: string;
  readonly Output: string;
  readonly ServiceID: string;
  readonly ServiceName: string;
  readonly Type?: string;
}

/** An agent as a member of the cluster. */
export interface Member {
  readonly Name: string;
  readonly Addr: string;
  readonly Port: number;
  readonly Tags: Readonly<Record<string, string>>;
  /** 1 alive, 2 leaving, 3 left, 4 failed. */
  readonly Status: number;
  readonly ProtocolCur: number;
}

/** What an agent says of itself. */
export interface Self {
  readonly Config: {
    readonly Datacenter: string;
    readonly NodeName: string;
    readonly NodeID: string;
    readonly Version: string;
  };
  readonly Member: Member;
  readonly Stats: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly xDS?: {
    readonly Port: number;
    /** -1 where that kind of port is off. */
    readonly Ports: { readonly Plaintext: number; readonly TLS: number };
  };
}

/** The routes under `/v1/agent`: what one agent looks after. */
export interface AgentClient {
  self(): Promise<Self>;
  version(): Promise<{ readonly HumanVersion: string }>;
  members(): Promise<readonly Member[]>;
  /** Every instance of this agent, by ID. */
  services(): Promise<Readonly<Record<string, AgentService>>>;
  /** One instance; with a `hash` of an earlier answer it waits for a change. */
  service(id: string, options?: HashReadOptions): Promise<Answer<AgentService>>;
  checks(): Promise<Readonly<Record<string, AgentCheck>>>;
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
  /** Asks whether the bearer of a certificate may connect to `Target`. */
  authorize(asked: {
    readonly Target: string;
    readonly ClientCertURI: string;
    readonly ClientCertSerial: string;
  }): Promise<{ readonly Authorized: boolean; readonly Reason: string }>;
  reload(): Promise<void>;
  leave(): Promise<void>;
}

/** How a read that is hashed waits. */
export interface HashReadOptions {
  readonly hash?: string;
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

/** The agent's routes over a connection. */
export function agentClient(connection: Connection): AgentClient {
  const value = async <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
    (await read<T>(connection, `/v1/agent/${path}`, {}, query)).value;
  const put = async (path: string, body?: unknown, query?: Record<string, string>) => {
    await connection.send({
      method: 'PUT',
      path: `/v1/agent/${path}`,
      body,
      ...(query && { query }),
    });
  };
  return {
    self: () => value('self'),
    version: () => value('version'),
    members: () => value('members', { segment: '_all' }),
    services: () => value('services'),
    service: (id, options = {}) =>
      readByHash(connection, `/v1/agent/service/${segment(id)}`, options),
    checks: () => value('checks'),
    register: (registration, options = {}) =>
      put(
        'service/register',
        registration,
        options.replaceExistingChecks ? { 'replace-existing-checks': '' } : {},
      ),
    deregister: (id) => put(`service/deregister/${segment(id)}`),
    registerCheck: (check) => put('check/register', check),
    deregisterCheck: (id) => put(`check/deregister/${segment(id)}`),
    updateCheck: (id, verdict) => put(`check/update/${segment(id)}`, verdict),
    async authorize(asked) {
      const path = '/v1/agent/connect/authorize';
      return json(await connection.send({ method: 'POST', path, body: asked }));
    },
    reload: () => put('reload'),
    leave: () => put('leave'),
  };
}

function readByHash(
  connection: Connection,
  path: string,
  options: HashReadOptions,
): Promise<Answer<AgentService>> {
  const { hash, ...rest } = options;
  const reading: ReadOptions = rest;
  return read(connection, path, reading, hash === undefined ? {} : { hash });
}
