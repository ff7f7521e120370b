import type { Node } from './catalog.ts';
import type { Connection } from './connection.ts';
import { type Answer, type ReadOptions, read, segment } from './read.ts';
import type { AgentCheck } from './self.ts';
import type { AgentService } from './service.ts';

/** A check as the catalog knows it. */
export interface HealthCheck extends AgentCheck {
  readonly ServiceTags: readonly string[];
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
}

/** An instance with its node and every check that bears on it. */
export interface ServiceEntry {
  readonly Node: Node;
  readonly Service: AgentService;
  readonly Checks: readonly HealthCheck[];
}

/** Narrows the instances of a service. */
export interface HealthOptions extends ReadOptions {
  /** Leaves out every instance with a check that does not pass. */
  readonly passing?: boolean;
  readonly tags?: readonly string[];
}

/** The routes under `/v1/health`. */
export interface HealthClient {
  node(name: string, options?: ReadOptions): Promise<Answer<readonly HealthCheck[]>>;
  checks(service: string, options?: ReadOptions): Promise<Answer<readonly HealthCheck[]>>;
  state(
    state: 'any' | 'passing' | 'warning' | 'critical',
    options?: ReadOptions,
  ): Promise<Answer<readonly HealthCheck[]>>;
  service(name: string, options?: HealthOptions): Promise<Answer<readonly ServiceEntry[]>>;
  /** The instances that take mTLS connections for a service. */
  connect(name: string, options?: HealthOptions): Promise<Answer<readonly ServiceEntry[]>>;
}

/** The health routes over a connection. */
export function healthClient(connection: Connection): HealthClient {
  const list = <T>(path: string, options: HealthOptions = {}): Promise<Answer<T>> => {
    const { passing, tags, ...rest } = options;
    const query = { ...(passing && { passing: '1' }), ...(tags && { tag: tags }) };
    return read(connection, `/v1/health/${path}`, rest, query);
  };
  return {
    node: (name, options) => list(`node/${segment(name)}`, options),
    checks: (service, options) => list(`checks/${segment(service)}`, options),
    state: (state, options) => list(`state/${state}`, options),
    service: (name, options) => list(`service/${segment(name)}`, options),
    connect: (name, options) => list(`connect/${segment(name)}`, options),
  };
}
