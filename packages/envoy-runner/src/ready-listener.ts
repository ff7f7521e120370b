import type { JsonObject } from '@chancery/model';
import type { BootstrapOptions } from './bootstrap-options.ts';
import { onePathFilter } from './one-path.ts';
import { envoyAddress } from './socket-address.ts';

/** Listeners at which orchestrators ask whether the proxy is ready: `/ready`, and nothing else of its admin interface. */
export function readyListeners({ ready }: BootstrapOptions): readonly JsonObject[] {
  if (ready === undefined) return [];
  const filter = onePathFilter({
    statPrefix: 'envoy_ready',
    path: '/ready',
    cluster: 'self_admin',
    rewrite: '/ready',
  });
  return [
    {
      name: 'envoy_ready_listener',
      address: envoyAddress(ready),
      filter_chains: [{ filters: [filter] }],
    },
  ];
}
