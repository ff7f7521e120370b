import type { Manifest, Resource } from './resource.ts';

/** What a manifest says of one type. The same object as before when nothing of that type changed. */
export interface TypeIndex {
  readonly resources: ReadonlyMap<string, Resource>;
  /** Names that exist but wait for a resource they require. */
  readonly withheld: ReadonlySet<string>;
}

/** A manifest, by type and name. */
export interface ManifestIndex {
  readonly revision: number;
  /** As published: what the next manifest is compared with. */
  readonly resources: readonly Resource[];
  readonly types: ReadonlyMap<string, TypeIndex>;
  /** Whether no name was published twice: only one of the two is indexed then. */
  readonly distinct: boolean;
}

/** The index of a type of which the manifest has nothing. */
export const EMPTY_TYPE: TypeIndex = { resources: new Map(), withheld: new Set() };

interface Draft {
  readonly resources: Map<string, Resource>;
  readonly withheld: Set<string>;
}

/**
 * Indexes a manifest and keeps the parts of the previous index that are equal, by identity or by hash:
 * streams then look only at the types that changed.
 */
export function indexManifest(
  manifest: Manifest,
  previous: ManifestIndex | undefined,
): ManifestIndex {
  const { revision, resources } = manifest;
  const replaced = previous && withReplaced(previous, resources);
  if (replaced !== undefined) return { revision, resources, types: replaced, distinct: true };
  const drafts = grouped(resources, previous);
  withhold(drafts);
  const types = new Map<string, TypeIndex>();
  for (const [typeUrl, draft] of drafts) {
    const before = previous?.types.get(typeUrl);
    types.set(typeUrl, before !== undefined && sameType(before, draft) ? before : draft);
  }
  return { revision, resources, types, distinct: sizeOf(types) === resources.length };
}

/**
 * The types after nothing but the content of some resources has changed, which is nearly always so: the
 * others are not looked at. `undefined` when there is more to it.
 */
function withReplaced(
  previous: ManifestIndex,
  resources: readonly Resource[],
): ManifestIndex['types'] | undefined {
  if (resources.length !== previous.resources.length || !previous.distinct) return undefined;
  let types = previous.types;
  let at = 0;
  for (const resource of resources) {
    const former = previous.resources[at++];
    if (former === resource) continue;
    const before = types.get(resource.typeUrl);
    const present = before?.resources.get(resource.name);
    if (before === undefined || present === undefined) return undefined;
    if (!isReplacement(former, present, resource)) return undefined;
    if (present.hash === resource.hash) continue;
    const changed = new Map(before.resources).set(resource.name, resource);
    types = new Map(types).set(resource.typeUrl, { ...before, resources: changed });
  }
  return types;
}

function sizeOf(types: ManifestIndex['types']): number {
  let names = 0;
  for (const type of types.values()) names += type.resources.size + type.withheld.size;
  return names;
}

/** Whether a resource takes the place of the one that is indexed, and requires the same. */
function isReplacement(
  former: Resource | undefined,
  present: Resource,
  resource: Resource,
): boolean {
  return (
    former?.typeUrl === resource.typeUrl &&
    former.name === resource.name &&
    present.requires === resource.requires
  );
}

/** The names whose resource, or whose waiting for one, differs between two states of a type. */
export function changedNames(before: TypeIndex, after: TypeIndex): readonly string[] {
  const names = new Set<string>();
  for (const [name, resource] of after.resources) {
    if (before.resources.get(name) !== resource) names.add(name);
  }
  for (const name of before.resources.keys()) if (!after.resources.has(name)) names.add(name);
  for (const name of before.withheld) if (!after.withheld.has(name)) names.add(name);
  return [...names];
}

function grouped(
  resources: readonly Resource[],
  previous: ManifestIndex | undefined,
): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const resource of resources) {
    let draft = drafts.get(resource.typeUrl);
    if (draft === undefined) {
      draft = { resources: new Map(), withheld: new Set() };
      drafts.set(resource.typeUrl, draft);
    }
    draft.resources.set(resource.name, keptIfEqual(resource, previous));
  }
  return drafts;
}

function keptIfEqual(resource: Resource, previous: ManifestIndex | undefined): Resource {
  const before = previous?.types.get(resource.typeUrl)?.resources.get(resource.name);
  if (before === undefined || before === resource || before.hash !== resource.hash) return resource;
  return before.requires === resource.requires ? before : resource;
}

function withhold(drafts: ReadonlyMap<string, Draft>): void {
  const exists = (typeUrl: string, name: string): boolean =>
    drafts.get(typeUrl)?.resources.has(name) === true;
  const waiting: [Draft, string][] = [];
  for (const draft of drafts.values()) {
    for (const { name, requires } of draft.resources.values()) {
      if (requires?.some((it) => !exists(it.typeUrl, it.name)) === true) {
        waiting.push([draft, name]);
      }
    }
  }
  for (const [draft, name] of waiting) {
    draft.resources.delete(name);
    draft.withheld.add(name);
  }
}

function sameType(before: TypeIndex, after: TypeIndex): boolean {
  if (before.resources.size !== after.resources.size) return false;
  if (before.withheld.size !== after.withheld.size) return false;
  for (const [name, resource] of after.resources) {
    if (before.resources.get(name) !== resource) return false;
  }
  for (const name of after.withheld) if (!before.withheld.has(name)) return false;
  return true;
}
