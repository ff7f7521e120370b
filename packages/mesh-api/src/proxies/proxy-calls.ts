import type { ServiceImpl } from '@connectrpc/connect';
import type { ProxyService } from '../../gen/chancery/mesh/v1/proxies_pb.ts';
import type { ProxySource } from './proxy-source.ts';

/** The calls about proxies, over their source. */
export function proxyCalls(_source: ProxySource): Partial<ServiceImpl<typeof ProxyService>> {
  return {};
}
