import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { encode } from '@chancery/envoy-api';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import {
  type FilterChain,
  FilterChainSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener_components';
import { expect, test } from 'vitest';
import { drainOf } from './drain.ts';

type Listener = MessageInitShape<typeof ListenerSchema>;

const chain = (name: string, filter = 'a'): FilterChain =>
  create(FilterChainSchema, { name, filters: [{ name: filter }] });

function listener(filterChains: readonly FilterChain[], rest: Listener = {}): Uint8Array {
  return encode(
    ListenerSchema,
    create(ListenerSchema, {
      name: 'it',
      statPrefix: 'x',
      ...rest,
      filterChains: [...filterChains],
    }),
  );
}

const nothing = { kind: 'nothing' };
const whole = { kind: 'listener' };
const chains = (...names: readonly string[]) => ({ kind: 'chains', chains: names });

const one = [chain('one'), chain('two')];
const other: Listener = { statPrefix: 'y' };
const byDefault: Listener = { defaultFilterChain: chain('', 'b') };
const matched: Listener = { filterChainMatcher: {} };
const proxied: FilterChain = { ...chain('one'), useProxyProto: true };

test.each([
  ['the same', listener(one), listener(one), nothing],
  ['a chain that is added', listener(one), listener([...one, chain('three')]), nothing],
  ['chains in another order', listener(one), listener(one.toReversed()), nothing],
  ['another way to pick a chain', listener(one), listener(one, matched), nothing],
  ['a default chain that is added', listener(one), listener(one, byDefault), nothing],
  ['a chain that goes', listener(one), listener([chain('two')]), chains('one')],
  [
    'a chain that changes',
    listener(one),
    listener([chain('one'), chain('two', 'b')]),
    chains('two'),
  ],
  [
    'a chain without a name',
    listener([chain('one'), chain('')]),
    listener([chain('one')]),
    chains('#2'),
  ],
  ['a default chain that goes', listener(one, byDefault), listener(one), chains('default')],
  [
    'a default chain that becomes one of the others',
    listener(one, byDefault),
    listener([...one, chain('', 'b')]),
    chains('default'),
  ],
  ['another field', listener(one), listener(one, other), whole],
  ['another field, and a chain', listener(one), listener([chain('two')], other), whole],
  ['no chain left', listener(one), listener([]), whole],
  ['the PROXY protocol', listener([chain('one')]), listener([proxied]), whole],
])('for %s Envoy drains what it has to', (_what, before, after, drain) => {
  expect(drainOf(before, after)).toEqual(drain);
});
