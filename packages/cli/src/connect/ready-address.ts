import { resolveAddress, type SocketAddress } from '@chancery/envoy-runner';
import { fail } from '../attempt.ts';
import type { Call } from '../command.ts';

/** Where the proxy is asked whether it is ready; `wrong` when what is wrong has been said. */
export type ReadyAddress =
  | { readonly kind: 'none' | 'wrong' }
  | { readonly kind: 'at'; readonly address: SocketAddress };

/** Reads `-envoy-ready-bind-address` and `-envoy-ready-bind-port`; as in Consul one without the other opens nothing, but that is said. */
export async function readyAddress({ flags, io }: Call): Promise<ReadyAddress> {
  const host = flags.text('envoy-ready-bind-address');
  const port = flags.number('envoy-ready-bind-port');
  if (!host && !port) return { kind: 'none' };
  if (!host || !port) {
    const [given, missing] = host ? ['address', 'port'] : ['port', 'address'];
    io.err(
      `Warning: -envoy-ready-bind-${given} opens nothing without -envoy-ready-bind-${missing}`,
    );
    return { kind: 'none' };
  }
  const inBrackets = host.includes(':') ? `[${host}]` : host;
  const resolved = await resolveAddress(`${inBrackets}:${port}`);
  if (resolved.ok) return { kind: 'at', address: resolved.value };
  const reasons = resolved.issues.map(({ message }) => message);
  fail(io, `-envoy-ready-bind-address: ${reasons.join('; ')}`);
  return { kind: 'wrong' };
}
