import type { ConfigEntry } from '@chancery/client';

/** Who is to reach a service. */
export interface Consumers {
  readonly peers: readonly string[];
  readonly partitions: readonly string[];
}

interface Consumer {
  readonly Peer?: string;
  readonly Partition?: string;
}

interface Exported {
  readonly Name: string;
  readonly Consumers?: readonly Consumer[] | null;
}

/** The entry of what is exported with consumers of a service added, each once; a new one where there is none. */
export function exportingEntry(
  existing: ConfigEntry | undefined,
  service: string,
  { peers, partitions }: Consumers,
): ConfigEntry {
  const { Hash: _, ...kept }: ConfigEntry & { readonly Hash?: unknown } = existing ?? {
    Kind: 'exported-services',
    Name: 'default',
  };
  const added: readonly Consumer[] = [
    ...peers.map((Peer) => ({ Peer })),
    ...partitions.map((Partition) => ({ Partition })),
  ];
  const services = (kept as { Services?: readonly Exported[] | null }).Services ?? [];
  const known = services.find(({ Name }) => Name === service);
  const after: Exported = { Name: service, ...known, Consumers: union(known?.Consumers, added) };
  const Services =
    known === undefined
      ? [...services, after]
      : services.map((each) => (each === known ? after : each));
  return { ...(kept as ConfigEntry), Services };
}

function union(
  before: readonly Consumer[] | null | undefined,
  added: readonly Consumer[],
): readonly Consumer[] {
  const all = [...(before ?? [])];
  for (const each of added) {
    const known = all.some(
      ({ Peer, Partition }) => Peer === each.Peer && Partition === each.Partition,
    );
    if (!known) all.push(each);
  }
  return all;
}
