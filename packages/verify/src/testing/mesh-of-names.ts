import { catalogTables, instances } from '@chancery/catalog';
import { configEntries, configEntryTables } from '@chancery/config-entries';
import { type ConfigEntry, decodeConfigEntry, decodeServiceRegistration } from '@chancery/model';
import { commit, memoryJournal, openStore, put, type View } from '@chancery/store';

/** What is in a mesh that a test is about. */
export interface Named {
  readonly services?: readonly string[];
  /** The services that sidecars stand for whose instances are not registered. */
  readonly sidecars?: readonly string[];
  /** Such as `web => db (deny)`. */
  readonly intentions?: readonly string[];
  /** Entries as a file writes them. */
  readonly entries?: readonly object[];
}

/** The state of a mesh, each of its services with one instance. */
export async function meshWith({
  services = [],
  sidecars = [],
  intentions = [],
  entries = [],
}: Named): Promise<View> {
  await using store = await openStore({
    tables: [...catalogTables, ...configEntryTables],
    journal: memoryJournal(),
    now: () => 0,
  });
  const rows = [...entries, ...entriesOf(intentions)].map(entry);
  const registered = [
    ...services.map((name) => service({ name, port: 8080 })),
    ...sidecars.map((name) => service(sidecarOf(name))),
  ];
  const operations = [
    ...registered.map((each) => put(instances, { node: 'n1', service: each, asSidecar: false })),
    ...rows.map((row) => put(configEntries, row)),
  ];
  await store.commit(() => commit(operations, undefined), undefined, {
    principal: { name: 'test' },
  });
  return store.view;
}

function sidecarOf(name: string): object {
  const proxy = { destination_service_name: name };
  return { kind: 'connect-proxy', name: `${name}-sidecar-proxy`, port: 21000, proxy };
}

function service(declaration: object) {
  const decoded = decodeServiceRegistration(declaration, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  return decoded.value.service;
}

function entry(value: object): ConfigEntry {
  const decoded = decodeConfigEntry(value, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  return decoded.value;
}

function entriesOf(intentions: readonly string[]): readonly object[] {
  const pairs = intentions.map((text) => {
    const [, source = '', destination = '', action = ''] =
      /^(.+) => (.+) \((.+)\)$/.exec(text) ?? [];
    return { source, destination, action };
  });
  const byDestination = Map.groupBy(pairs, ({ destination }) => destination);
  return [...byDestination].map(([name, found]) => ({
    kind: 'service-intentions',
    name,
    sources: found.map(({ source, action }) => ({ name: source, action })),
  }));
}
