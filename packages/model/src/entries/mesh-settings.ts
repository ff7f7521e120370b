import { bool, type Codec, choice, list, portNumber, word, words } from './codec.ts';
import type { Tell } from './problem.ts';
import { filled, type Held, held, shape } from './shape.ts';

/** How traffic reaches a sidecar: by its own address, or redirected to it without the program's knowledge. */
export type ProxyMode = 'direct' | 'transparent';

/** Whether a sidecar also takes connections that are not mTLS. */
export type MutualTlsMode = 'strict' | 'permissive';

/** How a transparent proxy listens and is dialed. */
export interface TransparentProxy {
  readonly outboundListenerPort?: number;
  readonly dialedDirectly?: boolean;
}

/** Through which mesh gateway traffic to other datacenters goes. */
export interface MeshGateway {
  readonly mode?: 'none' | 'local' | 'remote';
}

/** Paths of a service that are reached through its sidecar without mTLS. */
export interface Expose {
  readonly checks?: boolean;
  readonly paths: readonly ExposedPath[];
}

/** One exposed path and the port that it is exposed on. */
export interface ExposedPath {
  readonly listenerPort?: number;
  readonly path?: string;
  readonly localPathPort?: number;
  readonly protocol?: string;
  /** Set where an agent made the path from a check. */
  readonly parsedFromCheck?: boolean;
}

/** Reads and prints a mode. */
export const proxyMode: Codec<ProxyMode> = choice('direct', 'transparent');
/** Reads and prints a mode; `checkMutualTls` looks at which. */
export const mutualTlsMode: Codec<MutualTlsMode> = word<MutualTlsMode>();

/** Reads and prints the settings of a transparent proxy. */
export const transparentProxy: Codec<TransparentProxy> = shape<TransparentProxy>({
  outboundListenerPort: filled(portNumber),
  dialedDirectly: filled(bool),
});

/** Reads and prints the settings of mesh gateways. */
export const meshGateway: Codec<MeshGateway> = shape<MeshGateway>({
  mode: filled(choice('none', 'local', 'remote')),
});

const exposedPath = shape<ExposedPath>({
  listenerPort: filled(portNumber),
  path: filled(words),
  localPathPort: filled(portNumber),
  protocol: filled(words),
  parsedFromCheck: filled(bool),
});

const exposeShape = shape<Expose>({ checks: filled(bool), paths: held(list(exposedPath), []) });

/** The exposed paths of an entry. */
export const expose: Held<Expose> = { codec: exposeShape, zero: 'kept', fallback: { paths: [] } };

/** Refuses a mode that there is not. */
export function checkMutualTls(mode: string | undefined, tell: Tell): void {
  if (mode === undefined || mode === 'strict' || mode === 'permissive') return;
  const rule = 'Must be one of "", "strict", or "permissive".';
  tell(['mutualTlsMode'], `Invalid MutualTLSMode ${JSON.stringify(mode)}. ${rule}`);
}
