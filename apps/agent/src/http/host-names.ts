import type { AgentConfig } from '@chancery/model';

/** The names beside IP addresses under which an agent may be asked: those that it listens at. */
export function hostNames({ listen }: Pick<AgentConfig, 'listen'>): readonly string[] {
  return listen.http.flatMap((address) => (address.kind === 'tcp' ? [address.host] : []));
}
