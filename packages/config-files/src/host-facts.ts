import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import type { HostFacts } from '@chancery/model';

/** What this machine says of itself: its name, and the addresses by which others may reach it. */
export function hostFacts(): HostFacts {
  const leading = defaultInterfaces();
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, found = []]) =>
    found
      .filter(({ internal }) => !internal)
      .map(({ address, cidr }) => ({
        interface: name,
        address,
        prefixLength: Number(cidr?.split('/')[1] ?? (address.includes(':') ? 128 : 32)),
        isDefaultRoute: leading.has(name),
      })),
  );
  return { hostname: hostname(), addresses };
}

/** The interfaces that lead to everywhere, as Linux tells; on other systems none is known to. */
function defaultInterfaces(): ReadonlySet<string> {
  try {
    return routesToEverywhere(readFileSync('/proc/net/route', 'utf8'));
  } catch {
    return new Set();
  }
}

/** The interfaces of those routes of `/proc/net/route` whose destination and mask are zero. */
export function routesToEverywhere(table: string): ReadonlySet<string> {
  const rows = table.split('\n').map((line) => line.split(/\s+/));
  const leading = rows.filter(([, to, , , , , , mask]) => to === '00000000' && mask === '00000000');
  return new Set(leading.map(([name = '']) => name));
}
