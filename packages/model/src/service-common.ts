import { spell } from './block.ts';
import type { CheckDefinition } from './check.ts';
import { ownedChecks } from './check-decoder.ts';
import type { CheckBlock } from './check-fields.ts';
import { report } from './scope.ts';
import type { Service, TaggedAddress, Weights } from './service.ts';
import type { ServiceBlock, SidecarBlock } from './service-block.ts';

/** What a service and a sidecar say about themselves in the same way. */
export function commonParts(
  block: SidecarBlock | ServiceBlock,
): Pick<Service, 'taggedAddresses' | 'weights' | 'enableTagOverride'> {
  const { values } = block;
  return {
    taggedAddresses: taggedAddresses(values.taggedAddresses),
    weights: weightsOf(values.weights),
    enableTagOverride: values.enableTagOverride ?? false,
  };
}

function taggedAddresses(
  blocks: SidecarBlock['values']['taggedAddresses'],
): Readonly<Record<string, TaggedAddress>> {
  const entries = Object.entries(blocks ?? {}).map(([tag, block]) => {
    const address: TaggedAddress = {
      address: block.values.address ?? '',
      port: block.values.port ?? 0,
    };
    return [tag, address] as const;
  });
  return Object.fromEntries(entries);
}

/** Both are 1 without the block; in a block, an absent warning weight is 0, as Consul has it. */
function weightsOf(block: SidecarBlock['values']['weights']): Weights {
  if (block === undefined) return { passing: 1, warning: 1 };
  if (!block.has('passing')) {
    const key = spell('passing', block.scope.casing);
    report(block.scope, `${key} is missing: it must be 1 or more`, { code: 'missing' });
  }
  return { passing: block.values.passing ?? 1, warning: block.values.warning ?? 0 };
}

/** The checks of a block: `check` first, then `checks`. */
export function checksOf(
  block: SidecarBlock | ServiceBlock,
  owner: { readonly id: string; readonly name: string },
): readonly CheckDefinition[] {
  const { check, checks } = block.values;
  const sole = check === undefined || isLeftOut(check) ? [] : [check];
  return ownedChecks(owner, [...sole, ...(checks ?? [])]);
}

/** Go clients send `"Check": {}` for a check that was not asked for. */
function isLeftOut({ scope, values }: CheckBlock): boolean {
  if (scope.casing !== 'http') return false;
  return Object.values(values).every(
    (value) => !value || (typeof value === 'object' && Object.keys(value).length === 0),
  );
}
