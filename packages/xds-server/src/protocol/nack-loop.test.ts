import { typeUrls } from '@chancery/envoy-api';
import { describe, expect, test } from 'vitest';
import { Script } from '../testing/script.ts';
import type { Response } from './event.ts';

const types = ['secret', 'cluster', 'endpoints', 'listener', 'routes', 'extensionConfig'] as const;
const wholes: readonly string[] = ['cluster', 'listener'];

/** A client that rejects every response of a type, for as long as it gets any. */
function rejectAll(
  script: Script,
  type: (typeof types)[number],
  first: readonly Response[],
): number {
  let [seen, responses] = [0, first];
  while (responses.some((it) => it.typeUrl === typeUrls[type])) {
    seen += 1;
    expect(seen, 'a loop').toBeLessThan(50);
    responses = script.play({ nack: { type, reason: 'no' } });
  }
  return seen;
}

describe.for(['delta', 'sotw'] as const)('%s', (variant) => {
  function ask(script: Script, type: (typeof types)[number], name: string): readonly Response[] {
    if (wholes.includes(type)) return script.play({ request: { type } });
    return script.play({ request: { type, subscribe: [name], names: [name] } });
  }

  test.for(types)('a client that rejects %s for ever gets each hash exactly once', (type) => {
    const script = new Script(variant);
    script.play({ publish: { [type]: { a: '0' } } });
    expect(rejectAll(script, type, ask(script, type, 'a'))).toBe(1);
    for (let hash = 1; hash < 20; hash += 1) {
      expect(rejectAll(script, type, script.play({ publish: { [type]: { a: `${hash}` } } }))).toBe(
        1,
      );
      expect(script.play({ publish: { [type]: { a: `${hash}` } } })).toEqual([]);
    }
    expect(script.play({ publish: { [type]: { a: '7' } } })).toEqual([]);
  });

  test('a changed resource is sent at once and other types go on while one is rejected', () => {
    const script = new Script(variant);
    script.play({ publish: { cluster: { a: '1' }, secret: { s: '1' } } });
    expect(rejectAll(script, 'cluster', ask(script, 'cluster', 'a'))).toBe(1);
    expect(ask(script, 'secret', 's')).toHaveLength(1);
    script.play({ ack: 'secret' });
    const both = script.play({ publish: { cluster: { a: '2' }, secret: { s: '2' } } });
    expect(both.map((it) => it.typeUrl)).toEqual([typeUrls.secret, typeUrls.cluster]);
  });

  test('version 2 may be rejected after version 1 was taken, and 3 is sent', () => {
    const script = new Script(variant);
    script.play({ publish: { cluster: { a: '1' } } });
    ask(script, 'cluster', 'a');
    script.play({ ack: 'cluster' });
    expect(rejectAll(script, 'cluster', script.play({ publish: { cluster: { a: '2' } } }))).toBe(1);
    expect(script.play({ publish: { cluster: { a: '1' } } })).toEqual([]);
    expect(script.play({ publish: { cluster: { a: '3' } } })).toHaveLength(1);
  });

  test('a client that names nothing gets the response once and each of its resources once more', () => {
    const script = new Script(variant);
    script.play({ publish: { cluster: { a: '1', b: '1', c: '1' } } });
    expect(rejectAll(script, 'cluster', ask(script, 'cluster', 'a'))).toBe(4);
  });
});
