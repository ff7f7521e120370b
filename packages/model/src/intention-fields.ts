import { type Block, type Field, field, spell } from './block.ts';
import { nameOrWildcard } from './names.ts';
import { type Decoder, describe, oneOf, text } from './primitives.ts';
import { report } from './scope.ts';
import { onlyDefault } from './tenancy.ts';

/** Why sources of other clusters are refused. */
export const noPeers = 'there is no peering of clusters yet';

/** A key that a client reads and sends back: it says nothing. */
export const readOnly: Field<never> = field<never>(() => undefined);

/** What an intention does. */
export const action: Decoder<'allow' | 'deny'> = oneOf('allow', 'deny');

/** The only kind of source there is. */
export const sourceType: Decoder<'consul'> = (value, scope) => {
  if (value === 'consul' || value === '') return 'consul';
  return report(scope, `expected "consul", found ${describe(value)}`);
};

/** A name or `*`; empty where a client did not set it, which `requireKeys` refuses where it matters. */
export const intentionName: Decoder<string> = (value, scope) =>
  value === '' ? '' : nameOrWildcard(value, scope);

/** A description, within Consul's bound. */
export const description: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || found.length <= 512) return found;
  return report(scope, 'longer than 512 characters');
};

/** Namespaces and partitions of both ends. */
export const tenancyFields: Readonly<Record<string, Field<'default'>>> = {
  sourceNs: field(onlyDefault),
  destinationNs: field(onlyDefault),
  sourcePartition: field(onlyDefault),
  destinationPartition: field(onlyDefault),
  namespace: field(onlyDefault),
  partition: field(onlyDefault),
};

/** Refuses a block without these keys, or with empty ones. */
export function requireKeys<V extends object>(
  block: Block<V>,
  ...keys: readonly (keyof V & string)[]
): void {
  for (const key of keys) {
    if (block.has(key) && block.values[key] !== '') continue;
    report(block.scope, `${spell(key, block.scope.casing)} is missing`, { code: 'missing' });
  }
}
