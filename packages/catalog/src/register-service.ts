import type { CheckDefinition, Service, ServiceRegistration } from '@chancery/model';
import { type Command, commit, type Operation, put, refuse, type View } from '@chancery/store';
import { attachCheck, detachAll } from './attach-checks.ts';
import type { Check } from './check.ts';
import { type Instance, instances } from './instance.ts';
import { instanceKey } from './keys.ts';
import { nodes } from './node.ts';
import { sidecarChecks } from './sidecar-checks.ts';
import { lowestFreePort, type PortRange, portSearched } from './sidecar-port.ts';

/** A service to put on a node, as an agent asks for it. */
export interface RegisterServiceInput {
  readonly node: string;
  readonly registration: ServiceRegistration;
  /** Removes the checks of the service, and of its sidecar, that the registration does not name. */
  readonly replaceExistingChecks: boolean;
  readonly sidecarPorts: PortRange;
}

/** What a registration came to: the rows as they are now, and the service as it was before. */
export interface ServiceRegistered {
  readonly service: Service;
  readonly sidecar?: Service;
  readonly before?: Service;
}

/**
 * Registers a service with its checks and, where it asks for one, its sidecar with those of its own,
 * in one commit. As in Consul, a sidecar keeps its port when it is registered again, and stays when
 * its parent is registered again without a `sidecar_service` block.
 */
export const registerService: Command<RegisterServiceInput, ServiceRegistered> = (
  view,
  _principal,
  input,
) => {
  const { node, registration, replaceExistingChecks: replace, sidecarPorts } = input;
  if (view.get(nodes, node) === undefined) return refuse('not-found', `Unknown node "${node}"`);
  const { service, checks } = registration;
  const sidecar = registration.sidecar && placedSidecar(view, input, registration.sidecar);
  if (sidecar?.kind === 'exhausted') return refuse('exhausted', noPortLeft(sidecarPorts));
  const row: Instance = { node, service, asSidecar: false };
  const before = view.get(instances, instances.key(row))?.service;
  const rows = sidecar ? [row, sidecar.row] : [row];
  const allocated = sidecar?.allocated;
  const operations = [
    ...placed(view, row, checks, replace),
    ...(sidecar ? placed(view, sidecar.row, sidecar.checks, replace) : []),
    ...portSearched(view, node, {
      released: portsLeft(view, rows),
      ...(allocated !== undefined && { allocated: { range: sidecarPorts, port: allocated } }),
    }),
  ];
  return commit(operations, {
    service,
    ...(sidecar && { sidecar: sidecar.row.service }),
    ...(before && { before }),
  });
};

type PlacedSidecar =
  | { readonly kind: 'exhausted' }
  | {
      readonly kind: 'placed';
      readonly row: Instance;
      readonly checks: readonly CheckDefinition[];
      /** The port, where it was taken from the range now. */
      readonly allocated?: number;
    };

function placedSidecar(
  view: View,
  input: RegisterServiceInput,
  { service: wanted, checks }: NonNullable<ServiceRegistration['sidecar']>,
): PlacedSidecar {
  const settled = settledPort(view, input, wanted);
  const port = settled ?? freePort(view, input);
  if (port === undefined) return { kind: 'exhausted' };
  const service = { ...wanted, port };
  return {
    kind: 'placed',
    row: { node: input.node, service, asSidecar: true },
    checks: checks.length > 0 ? checks : sidecarChecks(service, input.registration.service.id),
    ...(settled === undefined && { allocated: port }),
  };
}

/** The port asked for, else the one of the range that the sidecar has. */
function settledPort(
  view: View,
  { node, sidecarPorts: { min, max } }: RegisterServiceInput,
  wanted: Service,
): number | undefined {
  if (wanted.port !== 0) return wanted.port;
  const present = view.get(instances, instanceKey(node, wanted.id));
  const port = present?.asSidecar ? present.service.port : 0;
  return port >= min && port <= max && port > 0 ? port : undefined;
}

function freePort(
  view: View,
  { node, registration, sidecarPorts }: RegisterServiceInput,
): number | undefined {
  if (sidecarPorts.min < 1) return undefined;
  return lowestFreePort(view, node, sidecarPorts, registration.service.port);
}

function noPortLeft({ min, max }: PortRange): string {
  return min < 1
    ? 'no port provided for sidecar_service and auto-assignment disabled in config'
    : `no port provided for sidecar_service and none left in the configured range [${min}, ${max}]`;
}

/** The ports that instances had and now exchange for others. */
export function portsLeft(view: View, rows: readonly Instance[]): readonly number[] {
  return rows.flatMap((row) => {
    const before = view.get(instances, instances.key(row))?.service.port;
    return before === undefined || before === row.service.port ? [] : [before];
  });
}

/** Puts an instance and its checks. */
export function placed(
  view: View,
  row: Instance,
  checks: readonly CheckDefinition[],
  replaceExistingChecks: boolean,
): Operation[] {
  const subject = { node: row.node, serviceId: row.service.id };
  const named = new Set(checks.map(({ checkId }) => checkId));
  // Who takes a service out of service is not who registers it, perhaps again and again.
  const isKept = ({ checkId, probe }: Check): boolean =>
    named.has(checkId) || probe.kind === 'maintenance';
  return [
    put(instances, row),
    ...(replaceExistingChecks ? detachAll(view, subject, isKept) : []),
    ...checks.flatMap((check) => attachCheck(view, subject, check)),
  ];
}
