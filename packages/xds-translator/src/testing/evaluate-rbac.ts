import type { JsonObject } from '@bufbuild/protobuf';
import type { Compiled } from '../resource.ts';
import { readableOf } from './readable.ts';

/** Whether the intentions filter of a compiled proxy lets a peer through, read as Envoy reads it. */
export function letsThrough(compiled: Compiled, spiffeId: string): boolean {
  const [extension = {}] = readableOf(compiled, 'TypedExtensionConfig');
  const { rules } = extension['typed_config'] as unknown as { rules: JsonObject };
  const policies = Object.values((rules['policies'] ?? {}) as JsonObject) as JsonObject[];
  const matched = policies.some((policy) =>
    (policy['principals'] as JsonObject[]).some((principal) => matches(principal, spiffeId)),
  );
  return rules['action'] === 'DENY' ? !matched : matched;
}

function matches(principal: JsonObject, spiffeId: string): boolean {
  const { and_ids: and, not_id: not, authenticated } = principal;
  if (and) {
    return ((and as JsonObject)['ids'] as JsonObject[]).every((id) => matches(id, spiffeId));
  }
  if (not) return !matches(not as JsonObject, spiffeId);
  const name = (authenticated as JsonObject)['principal_name'] as JsonObject;
  const { regex } = name['safe_regex'] as { regex: string };
  return new RegExp(`^(?:${regex})$`).test(spiffeId);
}
