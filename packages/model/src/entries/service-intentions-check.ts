import type { EntryKind } from './entry-kind.ts';
import type { Tell } from './problem.ts';
import {
  ranked,
  type ServiceIntentions,
  type SourceIntention,
  serviceIntentions,
} from './service-intentions.ts';

export const serviceIntentionsKind: EntryKind<ServiceIntentions> = {
  codec: serviceIntentions,
  check: (entry, tell) => {
    if (entry.name === '') tell(['name'], 'Name is required');
    checkWildcard(entry.name, 'Name', ['name'], tell);
    if (entry.sources.length === 0) tell(['sources'], 'At least one source is required');
    const order = ranked(entry.sources);
    for (const [at, source] of entry.sources.entries()) {
      checkSource(source, `Sources[${order.indexOf(source)}]`, (path, ...words) =>
        tell(['sources', at, ...path], ...words),
      );
    }
    refuseTwins(entry.sources, tell);
  },
  settled: (entry) => ({ ...entry, sources: ranked(entry.sources) }),
};

function checkSource(source: SourceIntention, place: string, tell: Tell): void {
  if (!source.name) tell(['name'], `${place}.Name is required`);
  else checkWildcard(source.name, `${place}.Name`, ['name'], tell);
  if (source.permissions === undefined && !['allow', 'deny'].includes(source.action)) {
    tell(['action'], `${place}.Action must be set to 'allow' or 'deny'`);
  }
  if (source.type !== 'consul') tell(['type'], `${place}.Type must be set to 'consul'`);
}

/** A wildcard stands alone: it is not a pattern. */
function checkWildcard(name: string, place: string, path: readonly string[], tell: Tell): void {
  if (!name.includes('*') || name === '*') return;
  tell(path, `${place}: wildcard character '*' cannot be used with partial values`);
}

function refuseTwins(sources: readonly SourceIntention[], tell: Tell): void {
  const order = ranked(sources);
  const seen = new Set<string>();
  for (const [rank, source] of order.entries()) {
    const key = JSON.stringify([source.name, source.peer, source.samenessGroup]);
    if (seen.has(key)) {
      const words = `Sources[${rank}] defines "${source.name}" more than once`;
      tell(['sources', sources.indexOf(source)], words);
    }
    seen.add(key);
  }
}
