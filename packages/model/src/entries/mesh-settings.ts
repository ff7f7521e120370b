import { bool, type Codec, choice, integer, list, words } from './codec.ts';
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
}

export const proxyMode: Codec<ProxyMode> = choice('direct', 'transparent');
export const mutualTlsMode: Codec<MutualTlsMode> = choice('strict', 'permissive');

export const transparentProxy: Codec<TransparentProxy> = shape<TransparentProxy>({
  outboundListenerPort: filled(integer),
  dialedDirectly: filled(bool),
});

export const meshGateway: Codec<MeshGateway> = shape<MeshGateway>({
  mode: filled(choice('none', 'local', 'remote')),
});

const exposedPath = shape<ExposedPath>({
  listenerPort: filled(integer),
  path: filled(words),
  localPathPort: filled(integer),
  protocol: filled(words),
});

const exposeShape = shape<Expose>({ checks: filled(bool), paths: held(list(exposedPath), []) });

/** The exposed paths of an entry. */
export const expose: Held<Expose> = { codec: exposeShape, zero: 'kept', fallback: { paths: [] } };
