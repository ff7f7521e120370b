import type { ConfigEntry } from '@chancery/model';
import type { View } from '@chancery/store';
import { configEntries, entriesOfKind } from '../config-entry.ts';
import { servicesServed } from './entry-links.ts';

/** The services whose chains a change of an entry may alter: its own first, the others by name. */
export function affectedServices(view: View, changed: ConfigEntry): readonly string[] {
  if (changed.kind === 'proxy-defaults') return [...concernedServices(view)].sort();
  const sources = sendingTo(view, changed.name);
  sources.delete(changed.name);
  return [changed.name, ...[...sources].sort()];
}

/** Every service that something is declared about which its protocol must allow. */
function concernedServices(view: View): ReadonlySet<string> {
  const chains = ['service-router', 'service-splitter', 'service-resolver'] as const;
  return new Set([
    ...chains.flatMap((kind) => entriesOfKind(view, kind).map(({ name }) => name)),
    ...entriesOfKind(view, 'service-intentions').map(({ name }) => name),
    ...entriesOfKind(view, 'ingress-gateway').flatMap(servicesServed),
  ]);
}

/** The services whose traffic may come to a service, over however many others. */
function sendingTo(view: View, service: string): Set<string> {
  const found = new Set([service]);
  for (const name of found) {
    for (const entry of view.by(configEntries, 'sentTo', name)) found.add(entry.name);
  }
  return found;
}
