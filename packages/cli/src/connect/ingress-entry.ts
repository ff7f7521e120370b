import type { ConfigEntry } from '@chancery/client';

/** A service that a gateway lets in. */
export interface ExposedService {
  readonly gateway: string;
  readonly service: string;
  readonly port: number;
  readonly protocol: string;
  readonly hosts: readonly string[];
}

interface Listener {
  readonly Port: number;
  readonly Protocol: string;
  readonly Services?: readonly ListedService[] | null;
}

interface ListedService {
  readonly Name: string;
  readonly Hosts?: readonly string[] | null;
}

/** The entry of a gateway with a service added to a listener, or why it cannot be. */
export type ExposingEntry =
  | {
      readonly ok: true;
      readonly entry: ConfigEntry;
      /** The service stood there before. */
      readonly replaces: boolean;
    }
  | { readonly ok: false; readonly message: string };

/** Adds a service to the entry of its gateway, or to a new one. */
export function exposingEntry(
  existing: ConfigEntry | undefined,
  exposed: ExposedService,
): ExposingEntry {
  const { port, protocol } = exposed;
  const entry = existing ?? { Kind: 'ingress-gateway', Name: exposed.gateway };
  const listeners = (entry as { Listeners?: readonly Listener[] | null }).Listeners ?? [];
  const listener = listeners.find((each) => each.Port === port);
  if (listener !== undefined && listener.Protocol !== protocol) {
    const conflict = `already configured with conflicting protocol "${listener.Protocol}"`;
    return { ok: false, message: `Listener on port ${port} ${conflict}` };
  }
  const before = listener ?? { Port: port, Protocol: protocol };
  const after = { ...before, Services: withService(before.Services ?? [], exposed) };
  const Listeners =
    listener === undefined
      ? [...listeners, after]
      : listeners.map((each) => (each === listener ? after : each));
  const { Hash: _, ...kept } = entry as ConfigEntry & { readonly Hash?: unknown };
  const replaces = (listener?.Services ?? []).some(({ Name }) => Name === exposed.service);
  return { ok: true, entry: { ...(kept as ConfigEntry), Listeners }, replaces };
}

function withService(
  services: readonly ListedService[],
  { service, hosts }: ExposedService,
): readonly ListedService[] {
  const added = { Name: service, ...(hosts.length > 0 && { Hosts: hosts }) };
  const known = services.some(({ Name }) => Name === service);
  if (!known) return [...services, added];
  return services.map((each) => (each.Name === service ? added : each));
}
