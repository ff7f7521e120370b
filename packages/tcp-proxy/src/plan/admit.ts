import { judge } from '../rules/access-rules.ts';
import type { PlannedFilter, PlannedListener } from './proxy-plan.ts';

/** Whether a new connection may go on, and why not. */
export type Admission =
  | { readonly admitted: true }
  | { readonly admitted: false; readonly reason: string };

/**
 * Judges a new connection by what its listener asks for now. `identities` are the URI names that the peer has
 * proved; `open` is how many connections the listener has let through that are still there.
 */
export function admit(
  { tls, filters }: Pick<PlannedListener, 'tls' | 'filters'>,
  identities: readonly string[],
  open: number,
): Admission {
  const expected = tls?.identities ?? [];
  const isExpected = expected.length === 0 || identities.some((each) => expected.includes(each));
  if (!isExpected) return { admitted: false, reason: 'this listener is not for it' };
  for (const filter of filters) {
    const reason = refusal(filter, identities, open);
    if (reason !== undefined) return { admitted: false, reason };
  }
  return { admitted: true };
}

function refusal(
  filter: PlannedFilter,
  identities: readonly string[],
  open: number,
): string | undefined {
  if (filter.kind === 'connection-limit') {
    return open < filter.maxConnections ? undefined : `${open} connections are open already`;
  }
  const { allowed, policy } = judge(filter.rules, identities);
  if (allowed) return undefined;
  return policy === undefined ? 'no rule allows it' : `rule ${policy}`;
}
