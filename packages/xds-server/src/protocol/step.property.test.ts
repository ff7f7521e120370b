import { typeUrls } from '@chancery/envoy-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexManifest, type ManifestIndex } from '../manifest-index.ts';
import { type Manners, ModelClient, modelTypes } from '../testing/model-client.ts';
import { plainRules, resource } from '../testing/script.ts';
import { traitsOf } from '../type-traits.ts';
import type { Response, StreamEvent } from './event.ts';
import { step } from './step.ts';
import { initialState, type StreamState } from './stream-state.ts';
import { contentHash } from './version.ts';

type TypeName = keyof typeof typeUrls;
type Variant = 'delta' | 'sotw';

const names = ['a', 'b', 'c'] as const;
const type = fc.constantFrom(...modelTypes);
const byName = fc.constantFrom<TypeName>('endpoints', 'secret', 'extensionConfig');
const name = fc.constantFrom(...names);
/** Version x of anything is refused by the client. */
const hash = fc.constantFrom('1', '2', '3', 'x', 'y');
const requirement = fc.constantFrom('', '', ' <- secret/a', ' <- extensionConfig/b');

const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('put' as const), type, name, hash, requirement }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), type, name }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('subscribe' as const), type: byName, name }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('unsubscribe' as const), type: byName, name }),
  },
  { weight: 8, arbitrary: fc.constant({ kind: 'to-client' as const }) },
  { weight: 8, arbitrary: fc.constant({ kind: 'to-server' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'pause' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'resume' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('reconnect' as const),
      held: fc.option(fc.array(fc.tuple(type, name, hash)), { nil: undefined }),
    }),
  },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** A server, a client and the messages between them, each of which waits until it is told to go on. */
class World {
  readonly client: ModelClient;
  readonly #variant: Variant;
  readonly #published = new Map<string, { type: TypeName; name: string; text: string }>();
  #state: StreamState;
  #index: ManifestIndex = indexManifest({ revision: 0, resources: [] }, undefined);
  #wire: Response[] = [];
  #rejected = new Set<string>();
  #revision = 0;

  constructor(variant: Variant, manners: Manners) {
    this.#variant = variant;
    this.#state = initialState(variant, plainRules);
    this.client = new ModelClient(variant, manners, (_, it) => refused(it));
    this.#connect();
  }

  run(it: Operation): void {
    if (it.kind === 'put' || it.kind === 'delete') this.#change(it);
    else if (it.kind === 'subscribe') this.client.subscribe(it.type, it.name);
    else if (it.kind === 'unsubscribe') this.client.unsubscribe(it.type, it.name);
    else if (it.kind === 'to-client') this.#toClient();
    else if (it.kind === 'to-server') this.#toServer();
    else if (it.kind === 'reconnect') this.#reconnect(it.held);
    else this.#step({ kind: it.kind === 'pause' ? 'paused' : 'resumed' });
  }

  settle(): void {
    this.#step({ kind: 'resumed' });
    for (let rounds = 0; this.#wire.length + this.client.outbox.length > 0; rounds += 1) {
      expect(rounds, 'the two never come to rest').toBeLessThan(500);
      this.#toServer();
      this.#toClient();
    }
  }

  /** What the client is to have, name to hash; `undefined` where anything goes. */
  expected(type: TypeName): Map<string, string | undefined> {
    const wanted = traitsOf(typeUrls[type]).fullSet
      ? names
      : (this.client.types.get(type)?.names ?? []);
    const result = new Map<string, string | undefined>();
    for (const it of wanted) {
      const expected = this.#expected(type, it);
      if (expected !== 'none') result.set(it, expected);
    }
    return result;
  }

  #expected(type: TypeName, name: string): string | undefined {
    const { fullSet, missing } = traitsOf(typeUrls[type]);
    const index = this.#index.types.get(typeUrls[type]);
    const found = index?.resources.get(name);
    if (found !== undefined) return refused(found.hash) ? undefined : found.hash;
    if (index?.withheld.has(name) === true || missing === 'silent') return undefined;
    if (missing === 'empty') return 'empty';
    // State of the world has no way to take a single name back.
    return this.#variant === 'sotw' && !fullSet ? undefined : 'none';
  }

  #reconnect(held: readonly [TypeName, string, string][] | undefined): void {
    for (const [at, state] of this.client.types) {
      if (held === undefined) continue;
      const mine = held.filter(
        ([it, n]) => it === at && (state.names.has(n) || traitsOf(typeUrls[at]).fullSet),
      );
      state.held = new Map(mine.filter(([, , h]) => !refused(h)).map(([, n, h]) => [n, h]));
      state.version = state.held.size > 0 ? 'of another server' : '';
    }
    this.#connect();
  }

  #connect(): void {
    this.#step({ kind: 'closed' });
    this.#wire = [];
    this.#rejected = new Set();
    this.client.connect();
    this.#step({ kind: 'manifest', manifest: this.#index });
  }

  #change(it: Operation & { kind: 'put' | 'delete' }): void {
    const key = `${it.type} ${it.name}`;
    if (it.kind === 'delete') this.#published.delete(key);
    else {
      const text = it.hash + (it.type === 'listener' ? it.requirement : '');
      this.#published.set(key, { type: it.type, name: it.name, text });
    }
    this.#publish();
  }

  #publish(): void {
    this.#revision += 1;
    const resources = [...this.#published.values()].map((it) =>
      resource(it.type, it.name, it.text),
    );
    this.#index = indexManifest({ revision: this.#revision, resources }, this.#index);
    this.#step({ kind: 'manifest', manifest: this.#index });
  }

  #toClient(): void {
    const response = this.#wire.shift();
    if (response !== undefined) this.client.receive(response);
  }

  #toServer(): void {
    const request = this.client.outbox.shift();
    if (request !== undefined) this.#step({ kind: 'request', request });
  }

  #step(event: StreamEvent): void {
    const next = step(this.#state, event);
    this.#state = next.state;
    for (const outcome of next.outcomes) {
      if (outcome.kind !== 'rejected') continue;
      for (const it of outcome.resources)
        this.#rejected.add(`${outcome.typeUrl} ${it.name} ${it.hash}`);
    }
    const types = next.responses.map((it) => it.typeUrl);
    expect(new Set(types).size, 'one response a type').toBe(types.length);
    for (const response of next.responses) {
      for (const it of response.changed) {
        expect(this.#rejected, 'sent although it was rejected').not.toContain(
          `${response.typeUrl} ${it.name} ${contentHash(it.hash)}`,
        );
      }
    }
    this.#wire.push(...next.responses);
  }
}

function refused(it: string): boolean {
  return ['x', 'y'].includes(contentHash(it));
}

test.for([
  ['delta', 'names'],
  ['delta', 'silent'],
  ['sotw', 'names'],
  ['sotw', 'silent'],
] as const)(
  '%s: whatever happens, a client (%s) ends up with what is published',
  ([variant, manners]) => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60, size: 'max' }), (operations) => {
        const world = new World(variant, manners);
        for (const it of operations) world.run(it);
        world.settle();
        for (const at of modelTypes) {
          const held = new Map<string, string | undefined>(world.client.types.get(at)?.held);
          for (const [known, expected] of world.expected(at)) {
            if (expected !== undefined) {
              expect(contentHash(held.get(known) ?? 'none'), `${at} ${known}`).toBe(expected);
            }
            held.delete(known);
          }
          expect([...held], `${at}: held and not published`).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  },
);
