import type { StoredIntention } from '@chancery/config-entries';
import { encodeIntentionPermission, encodeJwtRequirement } from '@chancery/model';
import { indexes } from './catalog-json.ts';

/** An intention as `/v1/connect/intentions` shows it. */
export function intentionEntry(intention: StoredIntention): object {
  return {
    ...legacyFields(intention),
    ...(intention.description && { Description: intention.description }),
    ...ends(intention),
    SourceType: 'consul',
    ...effect(intention),
    ...(intention.meta && { Meta: intention.meta }),
    Precedence: intention.precedence,
    ...(intention.expiresAtMs !== undefined && { ExpiresAt: time(intention.expiresAtMs) }),
    ...indexes(intention.revisions),
  };
}

/** What only an intention made through the older API has. */
function legacyFields({ id, createdAtMs, updatedAtMs }: StoredIntention): object {
  return {
    ...(createdAtMs !== undefined && { CreatedAt: time(createdAtMs) }),
    ...(updatedAtMs !== undefined && { UpdatedAt: time(updatedAtMs) }),
    ...(id !== undefined && { ID: id }),
  };
}

function ends(intention: StoredIntention): object {
  const { sourcePeer, sourceSamenessGroup } = intention;
  return {
    SourceNS: 'default',
    SourceName: intention.source,
    DestinationNS: 'default',
    DestinationName: intention.destination,
    ...(sourcePeer !== undefined && { SourcePeer: sourcePeer }),
    ...(sourceSamenessGroup !== undefined && { SourceSamenessGroup: sourceSamenessGroup }),
  };
}

function effect({ action, permissions, jwt }: StoredIntention): object {
  return {
    ...(permissions === undefined
      ? { Action: action }
      : { Permissions: permissions.map(encodeIntentionPermission) }),
    ...(jwt !== undefined && { JWT: encodeJwtRequirement(jwt) }),
  };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
