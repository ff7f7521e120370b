import { type Field, field } from '../block.ts';
import { text } from '../primitives.ts';
import type { JsonObject } from '../proxy.ts';
import { warn } from '../scope.ts';
import { anything, bool, type Codec, list, word, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { type EnvoyExtension, envoyExtension } from './envoy-extension.ts';
import {
  type Expose,
  expose,
  type MeshGateway,
  type MutualTlsMode,
  meshGateway,
  mutualTlsMode,
  type ProxyMode,
  proxyMode,
  type TransparentProxy,
  transparentProxy,
} from './mesh-settings.ts';
import {
  type FailoverPolicy,
  failoverPolicy,
  type PrioritizeByLocality,
  prioritizeByLocality,
} from './resolver-policies.ts';
import { always, filled, given, held, shape } from './shape.ts';

/** What holds for every proxy; there is one, named `global`. */
export interface ProxyDefaults extends EntryHead<'proxy-defaults'> {
  /** The keys of a proxy's own `config`, as they were declared. */
  readonly config: JsonObject;
  readonly mode?: ProxyMode;
  readonly transparentProxy: TransparentProxy;
  readonly mutualTlsMode?: MutualTlsMode;
  readonly meshGateway: MeshGateway;
  readonly expose: Expose;
  readonly accessLogs: AccessLogs;
  readonly envoyExtensions: readonly EnvoyExtension[];
  readonly failoverPolicy?: FailoverPolicy;
  readonly prioritizeByLocality?: PrioritizeByLocality;
}

/** Whether and where proxies log what they serve. */
export interface AccessLogs {
  readonly enabled?: boolean;
  readonly disableListenerLogs?: boolean;
  readonly type?: 'stdout' | 'stderr' | 'file';
  readonly path?: string;
  readonly jsonFormat?: string;
  readonly textFormat?: string;
}

const accessLogs = shape<AccessLogs>({
  enabled: filled(bool),
  disableListenerLogs: filled(bool),
  type: filled(word<NonNullable<AccessLogs['type']>>()),
  path: filled(words),
  jsonFormat: filled(words),
  textFormat: filled(words),
});

/** Consul takes the key and goes by the one in `config`. */
const protocol: Field<unknown> = field<unknown>((value, scope) => {
  const found = text(value, scope);
  if (!found) return undefined;
  return warn(scope, 'has no effect: write it into the config, as protocol', 'protocol');
});

/** Reads and prints the defaults of all proxies, as they are given. */
export const proxyDefaults: Codec<ProxyDefaults> = shape<ProxyDefaults>(
  {
    ...head('proxy-defaults'),
    config: held(anything, {}, { blank: null }),
    mode: filled(proxyMode),
    transparentProxy: always(transparentProxy, {}),
    mutualTlsMode: filled(mutualTlsMode),
    meshGateway: always(meshGateway, {}),
    expose,
    accessLogs: always(accessLogs, {}),
    envoyExtensions: held(list(envoyExtension), []),
    failoverPolicy: given(failoverPolicy),
    prioritizeByLocality: given(prioritizeByLocality),
    meta,
  },
  { ...entryFields, protocol },
);
