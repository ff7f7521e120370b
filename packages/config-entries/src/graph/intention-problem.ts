import type { ServiceIntentions } from '@chancery/model';
import type { View } from '@chancery/store';
import { configEntries, configEntryKey, entryNamed } from '../config-entry.ts';
import { errorList } from '../error-list.ts';
import { type Contradiction, contradiction } from './contradiction.ts';
import { providersOf } from './entry-links.ts';
import { hasRequests } from './protocol-of.ts';
import { walkChain } from './walk-chain.ts';

/** Permissions are about requests: a destination that has none cannot be given any. */
export function permissionProblem(
  view: View,
  destination: string,
  datacenter: string,
): Contradiction | undefined {
  const entry = entryNamed(view, 'service-intentions', destination);
  if (!entry?.sources.some(({ permissions }) => permissions !== undefined)) return undefined;
  const chain = walkChain(view, destination, datacenter);
  if (!chain.ok) return chain.problem;
  if (hasRequests(chain.protocol)) return undefined;
  const words = `service "${destination}" has protocol "${chain.protocol}", which is incompatible with L7 intentions permissions`;
  return contradiction(words, configEntries.key(entry), chain.source);
}

/** Intentions ask for the tokens of providers that are known. */
export function missingProviderProblem(
  view: View,
  entry: ServiceIntentions,
): Contradiction | undefined {
  const missing = providersOf(entry).filter(
    (provider) => entryNamed(view, 'jwt-provider', provider) === undefined,
  );
  if (missing.length === 0) return undefined;
  const words = errorList(
    missing.map((name) => `Referenced JWT Provider does not exist. Provider Name: ${name}`),
  );
  const providers = missing.map((name) => configEntryKey('jwt-provider', name));
  return contradiction(words, configEntries.key(entry), ...providers);
}

/** A provider whose tokens an intention asks for stays. */
export function usedProviderProblem(view: View, provider: string): Contradiction | undefined {
  if (entryNamed(view, 'jwt-provider', provider) !== undefined) return undefined;
  const [user] = view.by(configEntries, 'jwtProvider', provider);
  if (user === undefined) return undefined;
  const words = `cannot delete jwt provider config entry referenced by an intention. Provider name: ${provider}, intention name: ${user.name}`;
  return contradiction(words, configEntryKey('jwt-provider', provider), configEntries.key(user));
}
