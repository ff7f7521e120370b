import { defineQuery, type Query, type View } from '@chancery/store';
import {
  type CheckRow,
  checkRows,
  type InstanceRow,
  instanceRow,
  instanceRows,
} from './catalog-rows.ts';
import { checks } from './check.ts';
import { instances } from './instance.ts';
import { compareText, nameGroups, subjectKey } from './keys.ts';

/** A name in the catalog with the tags that any of its instances has. */
export interface NamedService {
  readonly name: string;
  readonly tags: readonly string[];
}

/** An instance with the checks of its node and its own. */
export interface HealthRow {
  readonly instance: InstanceRow;
  readonly checks: readonly CheckRow[];
}

/** Every service name, with its tags, in order. With many thousands of instances a change costs what one group of them does. */
export const serviceNames: Query<'', readonly NamedService[]> = defineQuery<
  '',
  readonly NamedService[]
>({
  name: 'catalog.serviceNames',
  evaluate: (view) =>
    nameGroups.flatMap((group) => view.query(namesOfGroup, group)).sort(compareNamed),
  equal: sameList,
});

const namesOfGroup: Query<string, readonly NamedService[]> = defineQuery<
  string,
  readonly NamedService[]
>({
  name: 'catalog.namesOfGroup',
  evaluate: (view, group) => {
    const tags = new Map<string, Set<string>>();
    for (const { service } of view.by(instances, 'group', group)) {
      const known = tags.get(service.name) ?? new Set();
      tags.set(service.name, known);
      for (const tag of service.tags) known.add(tag);
    }
    return [...tags]
      .map(([name, known]) => ({ name, tags: [...known].sort(compareText) }))
      .sort(compareNamed);
  },
  equal: sameList,
});

/** One instance by `instanceKey`. */
export const instanceAt: Query<string, InstanceRow | undefined> = defineQuery<
  string,
  InstanceRow | undefined
>({
  name: 'catalog.instanceAt',
  evaluate: (view, key) => {
    const instance = view.get(instances, key);
    return instance && instanceRow(view, instance);
  },
});

/** The instances of a service by service key, ordered by node and ID. */
export const instancesOf: Query<string, readonly InstanceRow[]> = defineQuery<
  string,
  readonly InstanceRow[]
>({
  name: 'catalog.instancesOf',
  evaluate: (view, service) => instanceRows(view, view.by(instances, 'service', service)),
});

/** The instances that take mTLS connections for a service, by service key: its sidecars and its native instances, well or not. */
export const connectInstancesOf: Query<string, readonly InstanceRow[]> = defineQuery<
  string,
  readonly InstanceRow[]
>({
  name: 'catalog.connectInstancesOf',
  evaluate: (view, service) => instanceRows(view, view.by(instances, 'destination', service)),
});

/** The instances of a service with their checks, by service key. */
export const healthInstances: Query<string, readonly HealthRow[]> = defineQuery<
  string,
  readonly HealthRow[]
>({
  name: 'catalog.healthInstances',
  evaluate: (view, service) =>
    view.query(instancesOf, service).map((instance) => healthRow(view, instance)),
});

/** What takes mTLS connections for a service, with its checks, by service key. */
export const connectHealthInstances: Query<string, readonly HealthRow[]> = defineQuery<
  string,
  readonly HealthRow[]
>({
  name: 'catalog.connectHealthInstances',
  evaluate: (view, service) =>
    view.query(connectInstancesOf, service).map((instance) => healthRow(view, instance)),
});

function healthRow(view: View, instance: InstanceRow): HealthRow {
  const { node, service } = instance;
  const found = ['', service.id].flatMap((id) => view.by(checks, 'subject', subjectKey(node, id)));
  return { instance, checks: checkRows(view, found) };
}

function compareNamed(a: NamedService, b: NamedService): number {
  return compareText(a.name, b.name);
}

function sameList(a: readonly NamedService[], b: readonly NamedService[]): boolean {
  return a.length === b.length && a.every((named, at) => sameNamed(named, b[at]));
}

function sameNamed(a: NamedService, b: NamedService | undefined): boolean {
  if (a === b) return true;
  return a.name === b?.name && a.tags.join('\0') === b.tags.join('\0');
}
