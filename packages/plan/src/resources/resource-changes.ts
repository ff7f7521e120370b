import { typeUrls } from '@chancery/envoy-api';
import type { Resource } from '@chancery/xds-translator';
import { fieldChanges } from '../diff/field-changes.ts';
import type { Drain, FieldChange, ResourceChange } from '../plan.ts';
import { drainOf } from './drain.ts';
import { shownResource } from './shown-resource.ts';

/** A resource before and after a change; one of the two may be lacking. */
export interface ResourcePair {
  readonly before?: Resource;
  readonly after?: Resource;
}

/** In the order in which Envoy takes them. */
const order: readonly string[] = [
  typeUrls.cluster,
  typeUrls.endpoints,
  typeUrls.listener,
  typeUrls.routes,
  typeUrls.secret,
  typeUrls.extensionConfig,
];

/** The resources that are not the same in two sets, by type and name. */
export function changedResources(
  before: readonly Resource[],
  after: readonly Resource[],
): readonly ResourcePair[] {
  const [was, is] = [byKey(before), byKey(after)];
  const pairs: ResourcePair[] = [];
  for (const [key, resource] of was) {
    const other = is.get(key);
    if (other === undefined) pairs.push({ before: resource });
    else if (other.hash !== resource.hash) pairs.push({ before: resource, after: other });
  }
  for (const [key, resource] of is) if (!was.has(key)) pairs.push({ after: resource });
  return pairs.sort(inOrder);
}

function byKey(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [`${resource.typeUrl}\0${resource.name}`, resource]));
}

function inOrder(a: ResourcePair, b: ResourcePair): number {
  const [one, two] = [named(a), named(b)];
  return order.indexOf(one.typeUrl) - order.indexOf(two.typeUrl) || (one.name < two.name ? -1 : 1);
}

function named({ before, after }: ResourcePair): Pick<Resource, 'typeUrl' | 'name'> {
  return before ?? after ?? { typeUrl: typeUrls.cluster, name: '' };
}

/** Describes changes of resources: one object for each, however many proxies share it. */
export function createDescription(): (pair: ResourcePair) => ResourceChange {
  const known = new Map<string, ResourceChange>();
  return (pair) => {
    const { typeUrl, name } = named(pair);
    const key = [typeUrl, name, pair.before?.hash, pair.after?.hash].join('\0');
    const described = known.get(key) ?? describe(pair);
    known.set(key, described);
    return described;
  };
}

function describe(pair: ResourcePair): ResourceChange {
  const { before, after } = pair;
  const { typeUrl, name } = named(pair);
  return {
    typeUrl,
    name,
    action: before === undefined ? 'create' : after === undefined ? 'delete' : 'update',
    fields: fieldsOf(pair),
    ...(before && { versionBefore: before.hash }),
    ...(after && { versionAfter: after.hash }),
    drain: typeUrl === typeUrls.listener ? listenerDrain(pair) : { kind: 'nothing' },
  };
}

function fieldsOf({ before, after }: ResourcePair): readonly FieldChange[] {
  const [was, is] = [before, after].map((each) => each && shownResource(each));
  const fields = fieldChanges(was ?? {}, is ?? {});
  if (fields.length > 0) return fields;
  // They are not equal: what differs is a secret, and which is left out.
  return [{ path: '', before: '[secret]', after: '[secret]' }];
}

function listenerDrain({ before, after }: ResourcePair): Drain {
  if (before === undefined) return { kind: 'nothing' };
  return after === undefined ? { kind: 'listener' } : drainOf(before.body, after.body);
}
