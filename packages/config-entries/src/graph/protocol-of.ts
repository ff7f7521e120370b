import { defineQuery, type Query, type View } from '@chancery/store';
import { entryNamed } from '../config-entry.ts';

/** What a service speaks when nothing says so. */
const DEFAULT_PROTOCOL = 'tcp';

/** The protocols in which there are requests, which can be routed, split and permitted one by one. */
const REQUEST_PROTOCOLS: ReadonlySet<string> = new Set(['http', 'http2', 'grpc']);

/** Whether a protocol has requests. */
export function hasRequests(protocol: string): boolean {
  return REQUEST_PROTOCOLS.has(protocol);
}

/**
 * What a service speaks: its service-defaults say so, and the proxy-defaults where it has none. As in
 * Consul, service-defaults without a protocol mean `tcp`, whatever the proxy-defaults say.
 */
export function protocolAt(view: View, service: string): string {
  const own = entryNamed(view, 'service-defaults', service);
  if (own !== undefined) return (own.protocol || DEFAULT_PROTOCOL).toLowerCase();
  const { protocol } = entryNamed(view, 'proxy-defaults', 'global')?.config ?? {};
  return protocol === undefined || protocol === null || protocol === ''
    ? DEFAULT_PROTOCOL
    : String(protocol).toLowerCase();
}

/** What a service speaks, by its name. */
export const protocolOf: Query<string, string> = defineQuery<string, string>({
  name: 'configEntries.protocolOf',
  evaluate: protocolAt,
});
