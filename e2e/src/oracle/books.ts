import type { EnvoyAdmin } from '@chancery/testing';
import { disagree, type SequenceRun } from './sequence-run.ts';

/**
 * Holds what was seen of the connections to what Envoy's intentions filter counted: a connection that ended for another
 * reason than the intentions is no denial.
 */
export async function openBooks(run: SequenceRun): Promise<() => Promise<void>> {
  const { guarded } = run.mesh;
  const opened = await Promise.all(guarded.map(({ admin }) => counted(admin)));
  for (const counts of run.judged.values()) Object.assign(counts, { echo: 0, closed: 0 });
  return async () => {
    for (const [at, to] of guarded.entries()) {
      const now = await counted(to.admin);
      const { echo, closed } = run.judged.get(to) ?? { echo: 0, closed: 0 };
      const allowed = now.allowed - (opened[at]?.allowed ?? 0);
      const denied = now.denied - (opened[at]?.denied ?? 0);
      if (allowed === echo && denied === closed) continue;
      const seen = `${echo} connections had an echo and ${closed} had none`;
      throw disagree(
        run,
        `${seen}; the filter of ${to.service} let ${allowed} through and refused ${denied}`,
      );
    }
  };
}

async function counted(admin: EnvoyAdmin): Promise<{ allowed: number; denied: number }> {
  const [allowed, denied] = await Promise.all([
    admin.stat('connect_authz.rbac.allowed'),
    admin.stat('connect_authz.rbac.denied'),
  ]);
  return { allowed, denied };
}
