import { typeUrls } from '@chancery/envoy-api';
import { indexManifest, type ManifestIndex } from '../manifest-index.ts';
import type { Outcome, Response } from '../protocol/event.ts';
import { step } from '../protocol/step.ts';
import { initialState, type ProtocolRules, type StreamState } from '../protocol/stream-state.ts';
import type { Resource } from '../resource.ts';

type TypeName = keyof typeof typeUrls;

/** Name to hash; `hash <- type/name` also says what the resource requires. */
export type Published = { readonly [type in TypeName]?: Readonly<Record<string, string>> };

/** One line of a transcript. */
export interface ScriptStep {
  readonly publish?: Published;
  readonly request?: {
    readonly type: TypeName;
    readonly subscribe?: readonly string[];
    readonly unsubscribe?: readonly string[];
    readonly initial?: Readonly<Record<string, string>>;
    /** State of the world: all names. */
    readonly names?: readonly string[];
    readonly version?: string;
    readonly nonce?: string;
  };
  /** Answers the last response of a type; the names of a state-of-the-world client stay what they were. */
  readonly ack?: TypeName;
  readonly nack?: { readonly type: TypeName; readonly reason: string };
  readonly event?: 'paused' | 'resumed' | 'closed';
}

/** Rules that need no hashing: a set's version is its description. */
export const plainRules: ProtocolRules = {
  emptyAssignment: (name) => ({
    typeUrl: typeUrls.endpoints,
    name,
    hash: 'empty',
    body: new Uint8Array(),
  }),
  digest: (text) => text,
};

/** The index of what a transcript publishes. */
export function published(
  published: Published,
  revision: number,
  previous?: ManifestIndex,
): ManifestIndex {
  const resources = Object.entries(published).flatMap(([type, entries]) =>
    Object.entries(entries).map(([name, text]) => resource(type as TypeName, name, text)),
  );
  return indexManifest({ revision, resources }, previous);
}

/** A resource whose body is its hash. */
export function resource(type: TypeName, name: string, text: string): Resource {
  const [hash = '', ...required] = text.split(' <- ');
  const requires = required.map((it) => {
    const [requiredType, ...rest] = it.split('/');
    return { typeUrl: typeUrls[requiredType as TypeName], name: rest.join('/') };
  });
  const body = new TextEncoder().encode(hash);
  return { typeUrl: typeUrls[type], name, hash, body, ...(requires.length > 0 && { requires }) };
}

/** Plays a client and a publisher against the reducer. */
export class Script {
  state: StreamState;
  readonly outcomes: Outcome[] = [];
  readonly #nonces = new Map<TypeName, string>();
  readonly #names = new Map<TypeName, readonly string[]>();
  #manifest: ManifestIndex | undefined;
  #revision = 0;

  constructor(variant: 'delta' | 'sotw') {
    this.state = initialState(variant, plainRules);
  }

  play({ publish, request, ack, nack, event }: ScriptStep): readonly Response[] {
    if (publish !== undefined) return this.#publish(publish);
    if (request !== undefined) return this.#request(request, request.nonce, undefined);
    if (ack !== undefined) return this.#request({ type: ack }, this.#nonces.get(ack), undefined);
    if (nack !== undefined) {
      return this.#request({ type: nack.type }, this.#nonces.get(nack.type), nack.reason);
    }
    return event === undefined ? [] : this.#step({ kind: event });
  }

  #publish(publish: Published): readonly Response[] {
    this.#revision += 1;
    this.#manifest = published(publish, this.#revision, this.#manifest);
    return this.#step({ kind: 'manifest', manifest: this.#manifest });
  }

  #request(
    it: NonNullable<ScriptStep['request']>,
    nonce: string | undefined,
    error: string | undefined,
  ): readonly Response[] {
    const typeUrl = typeUrls[it.type];
    const asked = { typeUrl, nonce: nonce ?? '', error };
    if (this.state.variant === 'sotw') {
      const names = it.names ?? this.#names.get(it.type) ?? [];
      this.#names.set(it.type, names);
      const version = it.version ?? '';
      return this.#step({
        kind: 'request',
        request: { variant: 'sotw', ...asked, names, version },
      });
    }
    const { subscribe = [], unsubscribe = [], initial = {} } = it;
    const initialVersions = new Map(Object.entries(initial));
    return this.#step({
      kind: 'request',
      request: { variant: 'delta', ...asked, subscribe, unsubscribe, initialVersions },
    });
  }

  #step(event: Parameters<typeof step>[1]): readonly Response[] {
    const next = step(this.state, event);
    this.state = next.state;
    this.outcomes.push(...next.outcomes);
    for (const { typeUrl, nonce } of next.responses) {
      const type = Object.entries(typeUrls).find(([, url]) => url === typeUrl)?.[0];
      this.#nonces.set(type as TypeName, nonce);
    }
    return next.responses;
  }
}
