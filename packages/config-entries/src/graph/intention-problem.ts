import type { ServiceIntentions } from '@chancery/model';
import type { View } from '@chancery/store';
import { configEntries, entryNamed } from '../config-entry.ts';
import { errorList } from '../error-list.ts';
import { providersOf } from './entry-links.ts';
import { hasRequests } from './protocol-of.ts';
import { walkChain } from './walk-chain.ts';

/** Permissions are about requests: a destination that has none cannot be given any. */
export function permissionProblem(
  view: View,
  destination: string,
  datacenter: string,
): string | undefined {
  const entry = entryNamed(view, 'service-intentions', destination);
  if (!entry?.sources.some(({ permissions }) => permissions !== undefined)) return undefined;
  const chain = walkChain(view, destination, datacenter);
  if (!chain.ok) return chain.problem;
  if (hasRequests(chain.protocol)) return undefined;
  return `service "${destination}" has protocol "${chain.protocol}", which is incompatible with L7 intentions permissions`;
}

/** Intentions ask for the tokens of providers that are known. */
export function missingProviderProblem(view: View, entry: ServiceIntentions): string | undefined {
  const missing = providersOf(entry).filter(
    (provider) => entryNamed(view, 'jwt-provider', provider) === undefined,
  );
  if (missing.length === 0) return undefined;
  return errorList(
    missing.map((name) => `Referenced JWT Provider does not exist. Provider Name: ${name}`),
  );
}

/** A provider whose tokens an intention asks for stays. */
export function usedProviderProblem(view: View, provider: string): string | undefined {
  if (entryNamed(view, 'jwt-provider', provider) !== undefined) return undefined;
  const [user] = view.by(configEntries, 'jwtProvider', provider);
  if (user === undefined) return undefined;
  return `cannot delete jwt provider config entry referenced by an intention. Provider name: ${provider}, intention name: ${user.name}`;
}
