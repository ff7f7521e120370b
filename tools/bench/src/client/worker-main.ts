import { cpuMs, fail, say } from '../worker-report.ts';
import { type ConnectedSidecar, connectSidecar } from './connected-sidecar.ts';
import { type Expectation, isMet } from './expectation.ts';
import type { Order, Report } from './messages.ts';
import type { Sidecar } from './sidecar.ts';

/** How many sidecars connect at the same time. */
const atOnce = 20;

interface Round {
  readonly round: number;
  readonly expectation: Expectation;
  /** When each sidecar had what is expected. */
  readonly met: Map<Sidecar, string>;
}

const connected: ConnectedSidecar[] = [];
let expected: Round | undefined;
let responses = 0;

process.on('message', (order: Order) => {
  if (order.kind === 'open') open(order.port, order.proxyIds).catch(fail);
  else if (order.kind === 'expect') expect(order.round, order.expectation);
  else say<Report>({ kind: 'usage', cpuMs: cpuMs(), responses });
});
process.on('disconnect', () => process.exit());

async function open(port: number, proxyIds: readonly string[]): Promise<void> {
  const rest = [...proxyIds];
  const connectNext = async (): Promise<void> => {
    for (let id = rest.pop(); id !== undefined; id = rest.pop()) await complete(port, id);
  };
  await Promise.all(Array.from({ length: atOnce }, connectNext));
  say<Report>({ kind: 'open' });
}

/** Connects a sidecar and waits until it has everything. */
function complete(port: number, proxyId: string): Promise<void> {
  return new Promise((resolve) => {
    const onTaken = (sidecar: Sidecar): void => {
      responses += 1;
      if (sidecar.isComplete) resolve();
      if (expected !== undefined) note(expected, sidecar);
    };
    connected.push(connectSidecar(port, proxyId, { onTaken, onEnd: fail }));
  });
}

function expect(round: number, expectation: Expectation): void {
  const met = connected.filter(({ sidecar }) => isMet(expectation, sidecar)).length;
  expected = { round, expectation, met: new Map() };
  say<Report>({ kind: 'armed', round, met });
}

function note({ round, expectation, met }: Round, sidecar: Sidecar): void {
  if (met.has(sidecar) || !isMet(expectation, sidecar)) return;
  met.set(sidecar, String(process.hrtime.bigint()));
  if (met.size < connected.length) return;
  expected = undefined;
  say<Report>({ kind: 'met', round, at: [...met.values()] });
}
