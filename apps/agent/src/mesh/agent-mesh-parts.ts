import type { LoadedConfig } from '@chancery/config-files';
import type { HttpApiDependencies, LocalNode } from '@chancery/http-api';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { Authority } from '../authority/authority.ts';
import type { Leafs } from '../authority/leafs.ts';
import type { NodeChecks } from '../checks/node-checks.ts';
import type { Effects } from '../effects.ts';
import type { HttpGate } from '../http/http-gate.ts';
import type { ProxyService } from '../proxies/serve-proxies.ts';
import type { SeenBook } from './seen/seen-book.ts';

/** What the RPCs of an agent are made of. */
export interface AgentMeshParts {
  readonly store: Store;
  readonly node: LocalNode;
  readonly config: AgentConfig;
  readonly authority: Authority;
  readonly leafs: Leafs;
  readonly checks: NodeChecks;
  readonly xds: ProxyService;
  /** Told of each call when it is over. */
  readonly onAnswer: HttpApiDependencies['onAnswer'];
  /** What sidecars told of their connections. */
  readonly seen: SeenBook;
  /** When the agent was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Reads the configuration again. */
  readonly readConfig: () => LoadedConfig;
  readonly effects: Effects;
  /** Holds for the gRPC port too: who may not write over HTTP may not write by another way. */
  readonly gate: HttpGate;
  /** Aborts when the agent begins to stop. */
  readonly stopping: AbortSignal;
}
