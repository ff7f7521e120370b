import { connectInstancesOf, instancesOf, serviceNames } from '@chancery/catalog';
import { serviceKey, serviceRef } from '@chancery/identity';
import { defineQuery, type Query, type View } from '@chancery/store';

/** The names of services that are no proxies, in order. */
export const plainServices: Query<'', readonly string[]> = defineQuery<'', readonly string[]>({
  name: 'httpApi.plainServices',
  evaluate: (view) => names(view).filter((name) => isPlain(view, name)),
  equal: sameNames,
});

/** The names of services that take connections of the mesh, in order. */
export const meshServices: Query<'', readonly string[]> = defineQuery<'', readonly string[]>({
  name: 'httpApi.meshServices',
  evaluate: (view) =>
    names(view).filter((name) => view.query(connectInstancesOf, key(name)).length > 0),
  equal: sameNames,
});

function names(view: View): readonly string[] {
  return view.query(serviceNames, '').map(({ name }) => name);
}

function isPlain(view: View, name: string): boolean {
  return view.query(instancesOf, key(name)).some(({ service }) => service.kind === 'typical');
}

function key(name: string): string {
  return serviceKey(serviceRef(name));
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}
