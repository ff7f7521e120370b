import { defined, spell } from './block.ts';
import type { CheckDefinition, CheckThresholds } from './check.ts';
import { type CheckBlock, checkBlock, spelled } from './check-fields.ts';
import { probeOf } from './check-probe-decoder.ts';
import type { Decoded, Issue } from './decoded.ts';
import { type Decoder, tellingKeysOf } from './primitives.ts';
import { type Casing, decoded, report, rootScope, warn } from './scope.ts';

/** A check that stands by itself: of a service when it names one, else of the node. */
export type CheckDeclaration = CheckDefinition & {
  readonly serviceId?: string;
  readonly token?: string;
};

/** A check, or its mistakes; and what was understood and is done otherwise here. */
export type DecodedCheck = Decoded<CheckDeclaration> & { readonly warnings: readonly Issue[] };

/** The service whose checks are read. */
export interface CheckOwner {
  readonly id: string;
  readonly name: string;
}

/** Reads a check block or body that stands by itself; it needs a name or an ID. */
export function decodeCheck(value: unknown, options: { readonly casing: Casing }): DecodedCheck {
  const scope = rootScope(options.casing);
  return { ...decoded(scope, standaloneCheck(value, scope)), warnings: scope.warnings };
}

/** Reads one check that stands by itself. */
export const standaloneCheck: Decoder<CheckDeclaration> = tellingKeysOf(
  checkBlock,
  (value, scope) => {
    const block = checkBlock(value, scope);
    if (block === undefined) return undefined;
    const { checkId: id, name, serviceId, token } = block.values;
    if (isUnset(block, 'name') && isUnset(block, 'checkId')) {
      report(scope, `a check needs a ${spell('name', scope.casing)}`, { code: 'missing' });
    }
    const check = definition(block, id || name || 'check', name || id || 'check');
    return {
      ...check,
      ...defined({ serviceId: serviceId || undefined, token: token || undefined }),
    };
  },
);

/** A value that was refused counts as given: its mistake was reported. */
function isUnset(block: CheckBlock, key: 'name' | 'checkId'): boolean {
  const value = block.values[key];
  return value === '' || (value === undefined && !block.has(key));
}

/** The checks of a service with the IDs that Consul gives them: `service:web`, or `service:web:2` where there are several. */
export function ownedChecks(
  owner: CheckOwner,
  blocks: readonly CheckBlock[],
): readonly CheckDefinition[] {
  const seen = new Set<string>();
  return blocks.map((block, index) => {
    const number = blocks.length > 1 ? `:${index + 1}` : '';
    const id = block.values.checkId || `service:${owner.id}${number}`;
    if (seen.has(id)) {
      report(block.at('checkId'), `two checks have the ID "${id}"`, { code: 'duplicate' });
    }
    seen.add(id);
    refuseOtherService(block, owner);
    return definition(block, id, block.values.name || `Service '${owner.name}' check`);
  });
}

function refuseOtherService(block: CheckBlock, owner: CheckOwner): void {
  const named = block.values.serviceId;
  if (!named || named === owner.id) return;
  report(block.at('serviceId'), `a check inside a service is of that service, "${owner.id}"`);
}

function definition(block: CheckBlock, id: string, name: string): CheckDefinition {
  const probe = probeOf(block);
  return {
    checkId: id,
    name,
    notes: block.values.notes ?? '',
    initialStatus: block.values.status || 'critical',
    probe,
    ...defined({
      thresholds: 'intervalMs' in probe ? thresholds(block) : undefined,
      outputMaxBytes: block.values.outputMaxSize || undefined,
      deregisterAfterMs: deregisterAfter(block),
    }),
  };
}

/** As in Consul, warnings are as late as failures unless they are asked for sooner. */
function thresholds(block: CheckBlock): CheckThresholds | undefined {
  const { successBeforePassing = 0, failuresBeforeWarning, failuresBeforeCritical } = block.values;
  const critical = failuresBeforeCritical ?? 0;
  const warning = failuresBeforeWarning || critical;
  const wasRefused = failuresBeforeCritical === undefined && block.has('failuresBeforeCritical');
  if (warning > critical && !wasRefused) reportLate(block);
  if (successBeforePassing <= 1 && critical <= 1) return undefined;
  return {
    successBeforePassing,
    failuresBeforeWarning: warning,
    failuresBeforeCritical: critical,
  };
}

function reportLate(block: CheckBlock): void {
  const limit = spelled(block, 'failuresBeforeCritical');
  report(block.at('failuresBeforeWarning'), `can't be higher than ${limit}`);
}

const shortestDeregisterMs = 60_000;

/** As in Consul, what is shorter than a minute is a minute. */
function deregisterAfter(block: CheckBlock): number | undefined {
  const ms = block.values.deregisterCriticalServiceAfter;
  if (!ms) return undefined;
  const at = block.at('deregisterCriticalServiceAfter');
  if (ms < 0) return report(at, 'must be more than 0');
  if (ms >= shortestDeregisterMs) return ms;
  warn(at, 'the shortest is 1m: so long it is waited', String(at.path.at(-1)));
  return shortestDeregisterMs;
}
