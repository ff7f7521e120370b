import { defineQuery, type Query, type View } from '@chancery/store';
import { configEntryKey, entryNamed } from '../config-entry.ts';

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

/** The key of the entry that says what a service speaks; of its service-defaults, which are lacking, where none does. */
export function protocolSource(view: View, service: string): string {
  const own = configEntryKey('service-defaults', service);
  if (entryNamed(view, 'service-defaults', service) !== undefined) return own;
  const all = entryNamed(view, 'proxy-defaults', 'global');
  return all?.config['protocol'] ? configEntryKey('proxy-defaults', 'global') : own;
}

/** What a service speaks, by its name. */
export const protocolOf: Query<string, string> = defineQuery<string, string>({
  name: 'configEntries.protocolOf',
  evaluate: protocolAt,
});
