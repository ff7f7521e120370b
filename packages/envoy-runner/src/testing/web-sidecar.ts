import type { BootstrapConfig } from '@chancery/model';
import type { BootstrapOptions } from '../bootstrap-options.ts';

/** The bootstrap of the walkthrough's `web` sidecar, with what a test is about changed. */
export function webSidecar(change: Partial<BootstrapOptions> = {}): BootstrapOptions {
  return {
    node: { proxyId: 'web-sidecar-proxy', service: 'web', datacenter: 'dc1' },
    admin: { address: { kind: 'ip', address: '127.0.0.1', port: 19000 } },
    agent: { address: { kind: 'ip', address: '127.0.0.1', port: 8502 }, token: '' },
    config: { statsTags: [] },
    environment: {},
    ...change,
  };
}

/** The same sidecar with keys in its `proxy.config`. */
export function webSidecarWith(
  config: Partial<BootstrapConfig>,
  environment: BootstrapOptions['environment'] = {},
): BootstrapOptions {
  return webSidecar({ config: { statsTags: [], ...config }, environment });
}
