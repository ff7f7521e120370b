import type { ConfigEntry } from './config-entry.ts';
import type { EntryKind } from './entry-kind.ts';
import { proxyDefaults } from './proxy-defaults.ts';
import { serviceDefaults } from './service-defaults.ts';
import { serviceIntentionsKind } from './service-intentions-check.ts';

/** The kinds that are understood, by their names. */
export const entryKinds: {
  readonly [K in ConfigEntry['kind']]: EntryKind<Extract<ConfigEntry, { readonly kind: K }>>;
} = {
  'proxy-defaults': { codec: proxyDefaults },
  'service-defaults': { codec: serviceDefaults },
  'service-intentions': serviceIntentionsKind,
};

/** What is known of a kind, of whichever entries it is. */
export function entryKind(kind: ConfigEntry['kind']): EntryKind<ConfigEntry> {
  return entryKinds[kind] as unknown as EntryKind<ConfigEntry>;
}

/** Whether a text names a kind that is understood. */
export function isEntryKind(kind: string): kind is ConfigEntry['kind'] {
  return Object.hasOwn(entryKinds, kind);
}
