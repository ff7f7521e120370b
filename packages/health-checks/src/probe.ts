import type { RunProbe } from '@chancery/model';
import { httpProbe } from './kinds/http-probe.ts';
import { tcpProbe } from './kinds/tcp-probe.ts';
import type { ProbeResult, ProbeRun } from './probe-result.ts';

/**
 * Carries out one check. Never rejects: what goes wrong is the result, also where Node throws at once
 * because it cannot make sense of an address or a header.
 */
export async function probe(check: RunProbe, run: ProbeRun): Promise<ProbeResult> {
  try {
    return await carriedOut(check, run);
  } catch (error) {
    return { status: 'critical', output: error instanceof Error ? error.message : String(error) };
  }
}

/** The kinds that are rare are loaded when there is a check of that kind. */
async function carriedOut(check: RunProbe, run: ProbeRun): Promise<ProbeResult> {
  switch (check.kind) {
    case 'tcp':
      return await tcpProbe(check);
    case 'http':
      return await httpProbe(check, run);
    case 'udp':
      return await (await import('./kinds/udp-probe.ts')).udpProbe(check);
    case 'grpc':
      return await (await import('./kinds/grpc-probe.ts')).grpcProbe(check);
    case 'h2ping':
      return await (await import('./kinds/h2-ping-probe.ts')).h2PingProbe(check);
    case 'script':
      return await (await import('./kinds/script-probe.ts')).scriptProbe(check, run);
  }
}
