import type { BootstrapConfig, Decoded, JsonValue } from '@chancery/model';
import { refused } from './socket-address.ts';

/** The clusters and listeners that `proxy.config` adds to the bootstrap as JSON text. */
export function staticExtras(
  config: BootstrapConfig,
): Decoded<{ readonly clusters: readonly JsonValue[]; readonly listeners: readonly JsonValue[] }> {
  const clusters = list(config.extraStaticClustersJson, 'envoy_extra_static_clusters_json');
  const listeners = list(config.extraStaticListenersJson, 'envoy_extra_static_listeners_json');
  if (clusters.ok && listeners.ok) {
    return { ok: true, value: { clusters: clusters.value, listeners: listeners.value } };
  }
  const issues = [clusters, listeners].flatMap((part) => (part.ok ? [] : part.issues));
  return { ok: false, issues };
}

/** Users write the members alone (`{…}, {…}`), as they would inside the brackets; a whole list is taken as well. */
function list(text: string | undefined, key: string): Decoded<readonly JsonValue[]> {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return { ok: true, value: [] };
  try {
    const value: unknown = JSON.parse(trimmed.startsWith('[') ? trimmed : `[${trimmed}]`);
    return { ok: true, value: value as readonly JsonValue[] };
  } catch (error) {
    return refused(['proxy', 'config', key], `is not JSON: ${(error as Error).message}`);
  }
}
