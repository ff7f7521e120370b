import type { JsonObject } from '@bufbuild/protobuf';
import type { Compiled } from '../resource.ts';
import { readableOf } from './readable.ts';

/** Every way into a proxy from outside: the filter chains of its public listener, the default one among them. */
export function inboundChains(compiled: Compiled, upstreams: readonly string[]): JsonObject[] {
  return readableOf(compiled, 'Listener')
    .filter(({ name }) => !upstreams.includes(`${name}`.split(/[?:]/)[0] ?? ''))
    .flatMap((listener) => [
      ...((listener['filter_chains'] ?? []) as JsonObject[]),
      ...(listener['default_filter_chain'] ? [listener['default_filter_chain'] as JsonObject] : []),
    ]);
}
