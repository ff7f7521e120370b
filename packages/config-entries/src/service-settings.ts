import { defineQuery, type Query, sameJson } from '@chancery/store';
import { type EntryOf, entryNamed } from './config-entry.ts';
import { protocolAt } from './graph/protocol-of.ts';

/** The kinds of entries that say where traffic to a service goes. */
const chainKinds = ['service-router', 'service-splitter', 'service-resolver'] as const;

/** What service-defaults, and the proxy-defaults behind them, come to for a service. */
export interface ServiceSettings {
  readonly protocol: string;
  readonly meshGatewayMode?: NonNullable<EntryOf<'proxy-defaults'>['meshGateway']['mode']>;
  /** The server name of a service outside the mesh. */
  readonly externalSni?: string;
  readonly dialedDirectly: boolean;
  readonly meta: Readonly<Record<string, string>>;
  /** Those for all proxies first. */
  readonly envoyExtensions: EntryOf<'proxy-defaults'>['envoyExtensions'];
  /** The kinds of entries of its own that say where traffic to it goes. */
  readonly chainKinds: readonly (typeof chainKinds)[number][];
}

/** The settings of a service, by its name. */
export const serviceSettings: Query<string, ServiceSettings> = defineQuery<string, ServiceSettings>(
  {
    name: 'configEntries.serviceSettings',
    evaluate: (view, service) => {
      const own = entryNamed(view, 'service-defaults', service);
      const all = entryNamed(view, 'proxy-defaults', 'global');
      const meshGatewayMode = own?.meshGateway.mode ?? all?.meshGateway.mode;
      return {
        protocol: protocolAt(view, service),
        ...(meshGatewayMode !== undefined && { meshGatewayMode }),
        ...(own?.externalSni !== undefined && { externalSni: own.externalSni }),
        dialedDirectly: own?.transparentProxy.dialedDirectly ?? false,
        meta: own?.meta ?? {},
        envoyExtensions: [...(all?.envoyExtensions ?? []), ...(own?.envoyExtensions ?? [])],
        chainKinds: chainKinds.filter((kind) => entryNamed(view, kind, service) !== undefined),
      };
    },
    equal: sameJson,
  },
);
