import { create, toBinary } from '@bufbuild/protobuf';
import { typeUrls } from '@chancery/envoy-api';
import type { RBAC } from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import {
  DeltaDiscoveryRequestSchema,
  type DeltaDiscoveryResponse,
} from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import type { Configured } from './expectation.ts';
import {
  readCluster,
  readEndpoints,
  readExtension,
  readListener,
  readSecret,
} from './resources.ts';

const { cluster, endpoints, listener, secret, extensionConfig } = typeUrls;

/**
 * What an Envoy is to its control plane: it asks for clusters, then for their endpoints and secrets,
 * then for listeners and all that they name. It decodes whatever it is sent and acknowledges it. Knows
 * no sockets: it takes responses and gives requests.
 */
export class Sidecar implements Configured {
  readonly endpoints: Map<string, readonly string[]> = new Map();
  readonly #proxyId: string;
  /** Policies by the name of the listener or extension config that brought them. */
  readonly #policies = new Map<string, readonly RBAC[]>();
  /** Names asked for and not received yet, by type. */
  readonly #awaited = new Map<string, Set<string>>();
  readonly #asked = new Map<string, Set<string>>();
  #hasClusters = false;
  #hasListeners = false;

  constructor(proxyId: string) {
    this.#proxyId = proxyId;
  }

  /** Whether all that was ever asked for is there, listeners among it. */
  get isComplete(): boolean {
    return this.#hasListeners && this.#isSettled;
  }

  get #isSettled(): boolean {
    return [...this.#awaited.values()].every(({ size }) => size === 0);
  }

  get policies(): readonly RBAC[] {
    return [...this.#policies.values()].flat();
  }

  /** The first request. It says who asks, with the version of an Envoy, which some servers want. */
  hello(): Uint8Array {
    const version = {
      case: 'userAgentBuildVersion',
      value: { version: { majorNumber: 1, minorNumber: 31 } },
    } as const;
    const node = {
      id: this.#proxyId,
      cluster: 'bench',
      userAgentName: 'envoy',
      userAgentVersionType: version,
    };
    return toBinary(
      DeltaDiscoveryRequestSchema,
      create(DeltaDiscoveryRequestSchema, { node, typeUrl: cluster }),
    );
  }

  /** Takes a response; gives its acknowledgement and what there is to ask for because of it. */
  take({ typeUrl, nonce, resources, removedResources }: DeltaDiscoveryResponse): Uint8Array[] {
    const requests = [encoded({ typeUrl, responseNonce: nonce })];
    for (const { name, resource } of resources) {
      if (resource === undefined) throw new Error(`${name} has no content`);
      for (const [type, names] of this.#read(typeUrl, name, resource.value)) {
        requests.push(...this.#ask(type, names));
      }
      this.#awaited.get(typeUrl)?.delete(name);
    }
    for (const name of removedResources) this.#remove(typeUrl, name);
    if (typeUrl === cluster) this.#hasClusters = true;
    if (this.#hasClusters && this.#isSettled && !this.#asked.has(listener)) {
      this.#asked.set(listener, new Set());
      requests.push(encoded({ typeUrl: listener }));
    }
    return requests;
  }

  /** Reads one resource, and gives what it makes an Envoy ask for. */
  #read(typeUrl: string, name: string, body: Uint8Array): [string, readonly string[]][] {
    switch (typeUrl) {
      case cluster: {
        const read = readCluster(body);
        return [
          [secret, read.secrets],
          [endpoints, read.endpoints === undefined ? [] : [read.endpoints]],
        ];
      }
      case endpoints:
        this.endpoints.set(name, readEndpoints(body));
        return [];
      case listener: {
        const read = readListener(body);
        this.#hasListeners = true;
        this.#policies.set(name, read.policies);
        return [
          [secret, read.secrets],
          [extensionConfig, read.extensions],
        ];
      }
      case extensionConfig:
        this.#policies.set(name, readExtension(body));
        return [];
      case secret:
        readSecret(body);
        return [];
      default:
        throw new Error(`nobody asked for ${typeUrl}`);
    }
  }

  #remove(typeUrl: string, name: string): void {
    if (typeUrl === endpoints) this.endpoints.delete(name);
    else this.#policies.delete(name);
  }

  #ask(typeUrl: string, names: readonly string[]): Uint8Array[] {
    const asked = this.#asked.get(typeUrl) ?? new Set();
    const fresh = names.filter((name) => !asked.has(name));
    if (fresh.length === 0) return [];
    const awaited = this.#awaited.get(typeUrl) ?? new Set();
    for (const name of fresh) {
      asked.add(name);
      awaited.add(name);
    }
    this.#asked.set(typeUrl, asked);
    this.#awaited.set(typeUrl, awaited);
    return [encoded({ typeUrl, resourceNamesSubscribe: fresh })];
  }
}

function encoded(request: {
  readonly typeUrl: string;
  readonly responseNonce?: string;
  readonly resourceNamesSubscribe?: string[];
}): Uint8Array {
  return toBinary(DeltaDiscoveryRequestSchema, create(DeltaDiscoveryRequestSchema, request));
}
