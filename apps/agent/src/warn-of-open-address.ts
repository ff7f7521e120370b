import type { AgentConfig } from '@chancery/model';
import type { Log } from './log/log.ts';

/** There are no tokens yet: whoever reaches the listeners may change the mesh, and read the keys of its services. */
export function warnOfOpenAddress(config: AgentConfig, log: Log): void {
  const open = openAddresses(config);
  if (open.length === 0) return;
  const message =
    'HTTP and xDS are served beyond this machine, without authentication: whoever reaches them may read keys and change who may talk to whom';
  log.warn({ part: 'agent', address: open.join(' ') }, message);
}

/** Where the agent listens so that other machines may reach it. */
export function openAddresses({
  listen,
  ports,
}: Pick<AgentConfig, 'listen' | 'ports'>): readonly string[] {
  const served = [...(ports.http > 0 ? listen.http : []), ...(ports.grpc > 0 ? listen.grpc : [])];
  const open = served.flatMap((each) =>
    each.kind === 'tcp' && !isLoopback(each.host) ? [each.host] : [],
  );
  return [...new Set(open)];
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}
