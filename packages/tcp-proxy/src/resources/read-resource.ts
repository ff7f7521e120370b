import { typeUrls } from '@chancery/envoy-api';
import { TypedExtensionConfigSchema } from '@chancery/envoy-api/envoy/config/core/v3/extension';
import type { ProxyResource, RulesResource } from '../plan/resources.ts';
import { readCluster } from './read-cluster.ts';
import { readAssignment } from './read-endpoints.ts';
import { readListener } from './read-listener.ts';
import { readRulesFilter } from './read-rules.ts';
import { readSecret } from './read-secret.ts';
import { below, type Problem, type Reading, reading, understood } from './reading.ts';
import { decode } from './typed-config.ts';

/** A resource, or everything about it that is not understood. */
export type ReadResource =
  | { readonly ok: true; readonly resource: ProxyResource }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Reader = (at: Reading, bytes: Uint8Array) => ProxyResource | undefined;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [typeUrls.cluster, readCluster],
  [typeUrls.endpoints, readAssignment],
  [typeUrls.listener, readListener],
  [typeUrls.secret, readSecret],
  [typeUrls.extensionConfig, readExtension],
]);

/**
 * Reads one resource as an xDS server sends it: all of it, or nothing. Whatever it holds beyond what this
 * proxy enforces is a problem, never ignored.
 */
export function readResource(typeUrl: string, name: string, bytes: Uint8Array): ReadResource {
  const at = reading();
  const resource = readers.get(typeUrl)?.(at, bytes);
  if (at.problems.length > 0) return { ok: false, problems: at.problems };
  if (resource === undefined) return unreadable(`resources of type ${typeUrl} are not supported`);
  if (resource.name !== name) return unreadable(`is named ${JSON.stringify(resource.name)} inside`);
  return { ok: true, resource };
}

function unreadable(message: string): ReadResource {
  return { ok: false, problems: [{ path: '$', message }] };
}

function readExtension(at: Reading, bytes: Uint8Array): RulesResource | undefined {
  const extension = decode(at, TypedExtensionConfigSchema, bytes);
  if (extension === undefined) return undefined;
  understood(at, TypedExtensionConfigSchema, extension, ['name', 'typedConfig']);
  const rules = readRulesFilter(below(at, 'typed_config'), extension.typedConfig);
  return rules && { kind: 'rules', name: extension.name, rules };
}
