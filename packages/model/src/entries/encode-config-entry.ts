import type { ConfigEntry } from './config-entry.ts';
import { entryKind } from './kinds.ts';

/** An entry as Consul's HTTP API prints it, without `Hash`, `CreateIndex` and `ModifyIndex`: the same keys in the same order. */
export function encodeConfigEntry(entry: ConfigEntry): object {
  return entryKind(entry.kind).codec.encode(entry) as object;
}
