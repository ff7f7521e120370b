import type { EntryKind } from './entry-kind.ts';
import type { JwtRequirement } from './intention-permission.ts';
import { checkPermission } from './intention-permission-check.ts';
import { checkNameOrWildcard } from './name-checks.ts';
import { each, inside, listing, repeats, type Tell } from './problem.ts';
import {
  ranked,
  type ServiceIntentions,
  type SourceIntention,
  serviceIntentions,
} from './service-intentions.ts';

/** All that is known of `service-intentions`. */
export const serviceIntentionsKind: EntryKind<ServiceIntentions> = {
  codec: serviceIntentions,
  check: (entry, tell) => {
    if (entry.name === '') tell(['name'], 'Name is required');
    else checkIntentionName(entry.name, 'Name', inside(tell, 'name'));
    if (entry.sources.length === 0) tell(['sources'], 'At least one source is required');
    // Consul counts the sources in the order in which it keeps them.
    const ranks = new Map(ranked(entry.sources).map((source, rank) => [source, rank]));
    each(entry.sources, tell, 'sources', (source, at) =>
      checkSource(source, entry, `Sources[${ranks.get(source)}]`, at),
    );
    refuseTwins(entry.sources, ranks, tell);
    if (entry.jwt !== undefined) checkJwt(entry.jwt, inside(tell, 'jwt'));
  },
  arranged: (entry) => ({ ...entry, sources: ranked(entry.sources) }),
};

function checkSource(
  source: SourceIntention,
  entry: ServiceIntentions,
  place: string,
  tell: Tell,
): void {
  const { name, peer, type, description, samenessGroup } = source;
  if (!name) tell(['name'], `${place}.Name is required`);
  else checkIntentionName(name, `${place}.Name`, inside(tell, 'name'));
  if (peer?.includes('*')) tell(['peer'], `${place}.Peer: cannot use wildcard '*' in peer`);
  if (samenessGroup) {
    const words = `${place}.SamenessGroup: Sameness groups are a Consul Enterprise feature.`;
    tell(['samenessGroup'], words);
  }
  if (type !== 'consul') tell(['type'], `${place}.Type must be set to 'consul'`);
  if (description !== undefined && description.length > 512) {
    tell(['description'], `${place}.Description exceeds maximum length 512`);
  }
  checkEffect(source, entry, place, tell);
}

function checkEffect(
  {
    action,
    permissions,
  }: { readonly action?: string; readonly permissions?: SourceIntention['permissions'] },
  entry: ServiceIntentions,
  place: string,
  tell: Tell,
): void {
  if (permissions === undefined) {
    if (action === 'allow' || action === 'deny') return;
    tell(['action'], `${place}.Action must be set to 'allow' or 'deny'`);
    return;
  }
  if (action) tell(['action'], `${place}.Action must be omitted if Permissions are specified`);
  if (entry.name === '*') {
    const rule = 'Permissions cannot be specified on intentions with wildcarded destinations';
    tell(['permissions'], `${place}.${rule}`);
  }
  each(permissions, tell, 'permissions', (permission, at, index) => {
    checkPermission(permission, `${place}.Permissions[${index}]`, at);
    if (permission.jwt !== undefined) checkJwt(permission.jwt, inside(at, 'jwt'));
  });
}

/** A wildcard stands alone: it is not a pattern. */
function checkIntentionName(name: string, place: string, tell: Tell): void {
  if (name === '*' || !name.includes('*')) checkNameOrWildcard(name, tell);
  else tell([], `${place}: wildcard character '*' cannot be used with partial values`);
}

function refuseTwins(
  sources: readonly SourceIntention[],
  ranks: ReadonlyMap<SourceIntention, number>,
  tell: Tell,
): void {
  const keys = sources.map(({ name, peer, samenessGroup }) => [name, peer, samenessGroup]);
  for (const index of repeats(keys.map((key) => JSON.stringify(key)))) {
    const [name, peer] = keys[index] ?? [];
    const source = sources[index];
    if (!name || source === undefined) continue;
    const shown = peer ? `peer("${peer}") "${name}"` : `"${name}"`;
    tell(['sources', index], `Sources[${ranks.get(source)}] defines ${shown} more than once`);
  }
}

function checkJwt({ providers }: JwtRequirement, tell: Tell): void {
  each(providers, listing(tell), 'providers', ({ name }, at) => {
    if (!name) at(['name'], 'JWT provider name is required');
  });
}
