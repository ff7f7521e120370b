import { typeUrls } from '@chancery/envoy-api';
import type { DeltaRequest, Response, SotwRequest } from '../protocol/event.ts';
import { traitsOf } from '../type-traits.ts';

type TypeName = keyof typeof typeUrls;

interface ModelType {
  /** What the client has: name to hash. */
  held: Map<string, string>;
  names: Set<string>;
  version: string;
  nonce: string;
}

/** How a client words its rejections: naming the culprits and taking the rest, or taking nothing and saying nothing. */
export type Manners = 'names' | 'silent';

/** The types of the model; the first two are asked for as a whole. */
export const modelTypes: readonly TypeName[] = [
  'cluster',
  'listener',
  'endpoints',
  'secret',
  'extensionConfig',
];

/** A client written from the protocol's side: it knows nothing of how the server works. */
export class ModelClient {
  readonly types: Map<TypeName, ModelType>;
  /** Requests that are on their way. */
  readonly outbox: (DeltaRequest | SotwRequest)[] = [];
  readonly #variant: 'delta' | 'sotw';
  readonly #manners: Manners;
  readonly #refuses: (name: string, hash: string) => boolean;

  constructor(
    variant: 'delta' | 'sotw',
    manners: Manners,
    refuses: (name: string, hash: string) => boolean,
  ) {
    this.#variant = variant;
    this.#manners = manners;
    this.#refuses = refuses;
    this.types = new Map(
      modelTypes.map((type) => [
        type,
        { held: new Map(), names: new Set(), version: '', nonce: '' },
      ]),
    );
  }

  /** The first requests of a new stream; what is held is said truthfully. */
  connect(): void {
    this.outbox.length = 0;
    for (const [type, state] of this.types) {
      state.nonce = '';
      const initialVersions = new Map(state.held);
      this.#push(type, { subscribe: [...state.names], initialVersions });
    }
  }

  subscribe(type: TypeName, name: string): void {
    this.#type(type).names.add(name);
    this.#push(type, { subscribe: [name] });
  }

  /** What is given up is dropped; a client has no use for it. */
  unsubscribe(type: TypeName, name: string): void {
    const { names, held } = this.#type(type);
    if (!names.delete(name)) return;
    held.delete(name);
    this.#push(type, { unsubscribe: [name] });
  }

  /** Takes a response as the protocol says, and answers it. */
  receive(response: Response): void {
    const type = modelTypes.find((it) => typeUrls[it] === response.typeUrl);
    if (type === undefined) throw new Error(`a response of a type nobody asked for`);
    const state = this.#type(type);
    const bad = response.resources.filter(
      ({ name, hash }) => state.held.get(name) !== hash && this.#refuses(name, hash),
    );
    state.nonce = response.nonce;
    if (bad.length === 0 || this.#manners === 'names') this.#apply(type, response, bad);
    if (bad.length === 0) state.version = response.version;
    // A client that took a part only has no version that a server could know.
    else if (this.#manners === 'names') state.version = 'partial';
    const named = `rejected: ${bad.map(({ name }) => name).join(', ')}`;
    const error = this.#manners === 'names' ? named : 'rejected';
    this.#push(type, { nonce: response.nonce, error: bad.length > 0 ? error : undefined });
  }

  #apply(type: TypeName, response: Response, bad: Response['resources']): void {
    const { held, names } = this.#type(type);
    const full = this.#variant === 'sotw' && traitsOf(response.typeUrl).fullSet;
    const listed = new Set(response.resources.map(({ name }) => name));
    for (const name of held.keys()) if (full && !listed.has(name)) held.delete(name);
    for (const name of response.removed) held.delete(name);
    const whole = traitsOf(response.typeUrl).fullSet;
    for (const resource of response.resources) {
      if (bad.includes(resource) || (!whole && !names.has(resource.name))) continue;
      held.set(resource.name, resource.hash);
    }
  }

  #push(type: TypeName, it: Partial<Omit<DeltaRequest, 'variant' | 'typeUrl'>>): void {
    const { names, version, nonce } = this.#type(type);
    const typeUrl = typeUrls[type];
    const error = it.error;
    if (this.#variant === 'sotw') {
      this.outbox.push({ variant: 'sotw', typeUrl, nonce, version, names: [...names], error });
      return;
    }
    this.outbox.push({
      variant: 'delta',
      typeUrl,
      nonce: it.nonce ?? '',
      subscribe: it.subscribe ?? [],
      unsubscribe: it.unsubscribe ?? [],
      initialVersions: it.initialVersions ?? new Map(),
      error,
    });
  }

  #type(type: TypeName): ModelType {
    const state = this.types.get(type);
    if (state === undefined) throw new Error(`${type} is not a type of the model`);
    return state;
  }
}
