import type { ProxyResourceState, TypeName } from '@chancery/mesh-api';
import { fieldChanges, shownResource } from '@chancery/plan';
import type { LedgerResource, Resource } from '@chancery/xds-server';
import { type NamedType, resourceTypes } from '../../proxies/resource-types.ts';
import { type Desired, desiredOf } from './desired.ts';
import type { Origins } from './origins.ts';
import type { ProxyParts } from './proxy-parts.ts';
import { standing } from './standing.ts';
import { rejectionOf } from './type-states.ts';

/** The resources of a proxy, by type and name: as desired, as acknowledged, and how the two differ. */
export function proxyResources(
  parts: ProxyParts,
  proxyId: string,
  origins: Origins,
  only?: TypeName,
): readonly ProxyResourceState[] {
  const desired = desiredOf(parts, proxyId);
  const types = resourceTypes.filter(({ type }) => only === undefined || type === only);
  return types.flatMap((type) => resourcesOfType(parts, proxyId, type, desired, origins));
}

function resourcesOfType(
  parts: ProxyParts,
  proxyId: string,
  named: NamedType,
  desired: Desired,
  origins: Origins,
): readonly ProxyResourceState[] {
  const { ledger } = parts.xds;
  const { typeUrl } = named;
  const wanted = new Map(
    desired.resources.filter((it) => it.typeUrl === typeUrl).map((it) => [it.name, it]),
  );
  const rows = new Map((ledger.type(proxyId, typeUrl)?.resources ?? []).map((it) => [it.name, it]));
  const leaving = [...rows.values()].filter((row) => !wanted.has(row.name) && isLeaving(row));
  const names = [...wanted.keys(), ...leaving.map(({ name }) => name)].sort();
  return names.map((name) => {
    const [resource, row] = [wanted.get(name), rows.get(name)];
    const origin = origins.ofResource(desired.snapshot, { typeUrl, name });
    const rejection =
      row?.nacked && rejectionOf({ typeUrl, name }, row.nacked, { desired, origins });
    return {
      type: named.type,
      name,
      state: standing(ledger, proxyId, { typeUrl, name, hash: resource?.hash }).state,
      ...contents(resource, row, ledger.taken(proxyId, typeUrl, name)),
      rejections: rejection ? [rejection] : [],
      ...(origin && { origin }),
    };
  });
}

/** What a proxy is to lose and has not lost yet. */
function isLeaving({ state, acked }: LedgerResource): boolean {
  return state !== 'synced' && acked !== undefined;
}

function contents(
  desired: Resource | undefined,
  row: LedgerResource | undefined,
  taken: Resource | undefined,
): Pick<
  ProxyResourceState,
  'desired' | 'desiredVersion' | 'acknowledgedVersion' | 'acknowledged' | 'fields'
> {
  const wanted = desired && shownResource(desired);
  const acked = row?.acked?.hash;
  const isOther = acked !== undefined && acked !== desired?.hash;
  const former = isOther && taken !== undefined ? shownResource(taken) : undefined;
  return {
    ...(desired && wanted && { desired: wanted, desiredVersion: desired.hash }),
    ...(acked !== undefined && { acknowledgedVersion: acked }),
    ...(former && { acknowledged: former }),
    fields: former && wanted ? differing(former, wanted) : [],
  };
}

/** The two are not equal: where all that can be shown is, what differs is a secret. */
function differing(former: object, wanted: object): ProxyResourceState['fields'] {
  const fields = fieldChanges(former, wanted);
  return fields.length > 0 ? fields : [{ path: '', before: '[secret]', after: '[secret]' }];
}
