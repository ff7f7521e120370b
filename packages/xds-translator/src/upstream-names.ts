import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import { serviceSni } from '@chancery/identity';
import type { ProxySnapshot, UpstreamSnapshot } from '@chancery/snapshot';
import { decodeTyped } from './custom-config/read-json.ts';
import { upstreamListenerName } from './resource-names.ts';

/** The names under which Envoy knows an upstream; the endpoints have that of the cluster. */
export interface UpstreamNames {
  readonly listener: string;
  readonly cluster: string;
}

/** How an upstream of a proxy is called there: by custom configuration that gives a name, else as usual. */
export function upstreamNames(
  { trustDomain, datacenter }: Pick<ProxySnapshot, 'trustDomain' | 'datacenter'>,
  { upstream, config, endpoints }: UpstreamSnapshot,
): UpstreamNames {
  return {
    listener:
      customName(config.listenerJson, ListenerSchema) || upstreamListenerName(upstream, datacenter),
    cluster:
      customName(config.clusterJson, ClusterSchema) || serviceSni(endpoints.target, trustDomain),
  };
}

/** The name that a custom message keeps; empty where it has none or cannot be read: then it has the usual one. */
export function customName<Desc extends DescMessage>(
  text: string | undefined,
  schema: Desc,
): string {
  if (text === undefined) return '';
  const read = decodeTyped(text, schema);
  if (!read.ok) return '';
  const { name = '' } = read.value as MessageShape<Desc> & { readonly name?: string };
  return name;
}
