import { setTimeout as sleep } from 'node:timers/promises';
import { checkout } from '@chancery/testing';
import { type ConnectedSidecar, connectSidecar } from '../client/connected-sidecar.ts';
import { median } from '../statistics.ts';
import { type LaunchedAgent, launchAgent } from '../subjects/launch-agent.ts';
import type { Subject } from '../subjects/subject.ts';
import type { Measure } from './measure.ts';

const proxyId = 'web-sidecar-proxy';
const retryMs = 5;
const giveUpMs = 20_000;
const idleMs = 3000;

/**
 * From creating the process with the walkthrough's configuration to the first full configuration on a
 * sidecar's stream; then what the agent holds once it idles. One start before is not counted.
 */
export const startUp: Measure = {
  name: 'start-up',
  async run(subject, { rounds }) {
    await oneStart(subject, 0);
    const starts: Start[] = [];
    for (let round = 0; round < rounds; round += 1) starts.push(await oneStart(subject, idleMs));
    const ms = median(starts.map((start) => start.configuredMs));
    const mib = median(starts.map((start) => start.idleMiB));
    return [
      { name: 'start to first configuration', value: ms, unit: 'ms', goal: { atMost: 600 } },
      { name: 'idle resident memory', value: mib, unit: 'MiB', goal: { atMost: 130 } },
    ];
  },
};

interface Start {
  readonly configuredMs: number;
  readonly idleMiB: number;
}

async function oneStart(subject: Subject, restMs: number): Promise<Start> {
  const configFile = `${checkout}examples/envoy_demo.hcl`;
  await using agent = await launchAgent(subject, { configFile });
  const configuredMs = await configured(agent);
  await sleep(restMs);
  return { configuredMs, idleMiB: agent.usage().residentMiB };
}

/** Connects, again and again while nobody listens, until a sidecar is fully configured. */
async function configured({ ports, launchedAt }: LaunchedAgent): Promise<number> {
  for (;;) {
    const complete = await tried(ports.grpc);
    const elapsedMs = Number(process.hrtime.bigint() - launchedAt) / 1e6;
    if (complete) return elapsedMs;
    if (elapsedMs > giveUpMs) throw new Error('the agent configured nobody');
    await sleep(retryMs);
  }
}

function tried(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const connected: ConnectedSidecar = connectSidecar(port, proxyId, {
      onTaken: (sidecar) => {
        if (!sidecar.isComplete) return;
        connected[Symbol.dispose]();
        resolve(true);
      },
      onEnd: () => resolve(false),
    });
  });
}
