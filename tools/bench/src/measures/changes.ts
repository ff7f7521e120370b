import type { Expectation } from '../client/expectation.ts';
import { addInstance, addressOf, type Mesh, removeInstance, setDenied } from './mesh.ts';

const upstream = 'cache';
const source = 'web';

const both = [addressOf(upstream, 1), addressOf(upstream, 2)];
const gone: Expectation = { kind: 'endpoints', service: upstream, addresses: both.slice(0, 1) };
const back: Expectation = { kind: 'endpoints', service: upstream, addresses: both };

/** An endpoint goes: when each sidecar knew, in milliseconds after the HTTP call began. */
export function endpointGoes({ agent, fleet }: Mesh): Promise<readonly number[]> {
  return fleet.reach(gone, () => removeInstance(agent, upstream, 2));
}

/** The endpoint comes back. */
export function endpointReturns({ agent, fleet }: Mesh): Promise<readonly number[]> {
  return fleet.reach(back, () => addInstance(agent, upstream, 2));
}

/** A source is denied: when each sidecar's policy denied it, in milliseconds after the HTTP call began. */
export function sourceIsDenied({ agent, fleet }: Mesh): Promise<readonly number[]> {
  return fleet.reach({ kind: 'verdict', source, denied: true }, () =>
    setDenied(agent, source, true),
  );
}

/** The denial is taken back. */
export function sourceIsAllowed({ agent, fleet }: Mesh): Promise<readonly number[]> {
  return fleet.reach({ kind: 'verdict', source, denied: false }, () =>
    setDenied(agent, source, false),
  );
}
