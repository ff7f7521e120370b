import type { CheckDeclaration } from '../check-decoder.ts';
import { formatPath } from '../format-issue.ts';
import { report, type Scope } from '../scope.ts';
import type { ServiceRegistration } from '../service.ts';
import type { AgentPorts } from './agent-config.ts';
import type { Placed } from './agent-file.ts';

type PlacedService = Placed<ServiceRegistration>;

/** Refuses two instances of one ID, the sidecars counted, over all files. */
export function refuseDuplicateServices(all: readonly PlacedService[]): void {
  const first = new Map<string, Scope>();
  for (const { value, scope } of all) {
    for (const id of [value.service.id, value.sidecar?.service.id]) {
      if (id === undefined || id === '') continue;
      const other = first.get(id);
      if (other === undefined) first.set(id, scope);
      else reportSameService(scope, other, id, id === value.service.id);
    }
  }
}

function reportSameService(scope: Scope, other: Scope, id: string, own: boolean): void {
  const what = own ? `the ID "${id}"` : `the ID "${id}" of its sidecar`;
  report(scope, `${what} is already taken by ${placeOf(other)}: give one of them another id`, {
    code: 'duplicate',
  });
}

/** Refuses two checks of one ID over all files. */
export function refuseDuplicateChecks(all: readonly Placed<CheckDeclaration>[]): void {
  const first = new Map<string, Scope>();
  for (const { value, scope } of all) {
    const other = first.get(value.checkId);
    if (other === undefined) first.set(value.checkId, scope);
    else {
      const message = `the check ID "${value.checkId}" is already taken by ${placeOf(other)}`;
      report(scope, `${message}: give one of them another id`, { code: 'duplicate' });
    }
  }
}

function placeOf(scope: Scope): string {
  const path = formatPath(scope.path);
  return scope.source === undefined ? path : `${path} in ${scope.source}`;
}

/** Refuses each sidecar that no port would be left for, in Consul's words. */
export function refuseExhaustedPorts(all: readonly PlacedService[], ports: AgentPorts): void {
  const { sidecarMin, sidecarMax } = ports;
  const instances = all.flatMap(({ value }) => [value.service, ...sidecarService(value)]);
  const taken = new Set(
    instances.map(({ port }) => port).filter((port) => port >= sidecarMin && port <= sidecarMax),
  );
  const disabled = sidecarMin < 1 || sidecarMax < 1;
  let left = disabled ? 0 : sidecarMax - sidecarMin + 1 - taken.size;
  for (const { value, scope } of all) {
    if (value.sidecar?.service.port !== 0) continue;
    if (left > 0) left--;
    else report(scope, noPort(ports, disabled));
  }
}

function noPort(ports: AgentPorts, disabled: boolean): string {
  const start = 'no port provided for sidecar_service and';
  if (disabled) return `${start} auto-assignment disabled in config`;
  const range = `[${ports.sidecarMin}, ${ports.sidecarMax}]`;
  return `${start} none left in the configured range ${range}`;
}

function sidecarService(registration: ServiceRegistration): ServiceRegistration['service'][] {
  return registration.sidecar === undefined ? [] : [registration.sidecar.service];
}
