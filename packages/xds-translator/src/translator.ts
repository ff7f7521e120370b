import { typeUrls } from '@chancery/envoy-api';
import { TypedExtensionConfigSchema } from '@chancery/envoy-api/envoy/config/core/v3/extension';
import { ClusterLoadAssignmentSchema } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import { serviceSni, serviceSpiffeId } from '@chancery/identity';
import { compilePolicy, decisionClauses, type Rules } from '@chancery/intentions';
import type { ProxySnapshot, TargetEndpoints, UpstreamSnapshot } from '@chancery/snapshot';
import { assemble } from './assemble.ts';
import { authorization, denyAll } from './authorization.ts';
import { encodeResource } from './encode-resource.ts';
import { inbound } from './inbound.ts';
import { createMemo } from './memo.ts';
import type { Credentials } from './mutual-tls.ts';
import { type Outbound, outbound } from './outbound.ts';
import type { Encode, Part } from './part.ts';
import type { Compiled } from './resource.ts';
import {
  intentionsFilter,
  leafSecretName,
  rootsSecretName,
  upstreamListenerName,
} from './resource-names.ts';
import { targetEndpoints } from './target-endpoints.ts';

/** Translates snapshots, and remembers what each part of them became. */
export interface Translator {
  /** What a proxy is to be served. Never throws: what cannot be translated is left out or denied, and told. */
  compile(snapshot: ProxySnapshot): Compiled;
  /** How many resources were encoded so far: a part that many proxies share counts once. */
  readonly encodings: number;
}

/** The step that may be replaced, to see what happens when it fails. */
export interface TranslatorOptions {
  readonly compilePolicy?: typeof compilePolicy;
}

/** A translator with nothing remembered. What it returns depends on the snapshot alone. */
export function createTranslator(options: TranslatorOptions = {}): Translator {
  let encodings = 0;
  const encode: Encode = (...resource) => {
    encodings += 1;
    return encodeResource(...resource);
  };
  const parts = createParts(encode, options.compilePolicy ?? compilePolicy);
  return {
    compile: (snapshot) => compile(snapshot, parts),
    get encodings() {
      return encodings;
    },
  };
}

function compile(snapshot: ProxySnapshot, parts: Parts): Compiled {
  const credentials = parts.credentials(snapshot);
  const upstreams = parts.upstreams(snapshot, credentials);
  const inbound = parts.inbound(snapshot, credentials);
  return assemble(
    [inbound, parts.authorization(snapshot.rules, snapshot.trustDomain), ...upstreams],
    [credentials.leaf, credentials.roots],
    [snapshot.publicListener, ...(inbound.listensAt ?? [])],
  );
}

type Parts = ReturnType<typeof createParts>;

/** The names of a proxy's secrets, and a text that is the same for every proxy that has the same. */
interface KeyedCredentials extends Credentials {
  readonly key: string;
}

function text(...parts: readonly string[]): string {
  return parts.join('\0');
}

/** The parts of a snapshot, each remembered by the identity of what it is made of. */
function createParts(encode: Encode, policyOf: typeof compilePolicy) {
  const credentials = createMemo<KeyedCredentials>();
  const authorizations = createMemo<Part>();
  return {
    credentials({ service, datacenter, trustDomain }: ProxySnapshot): KeyedCredentials {
      return credentials([service], text(datacenter, trustDomain), () => {
        const [leaf, roots] = [leafSecretName(service, datacenter), rootsSecretName(trustDomain)];
        return { leaf, roots, key: text(leaf, roots, datacenter) };
      });
    },
    inbound: createInboundParts(encode),
    authorization(rules: Rules, trustDomain: string): Part {
      return authorizations([rules], trustDomain, () =>
        authorizationPart(rules, trustDomain, encode, policyOf),
      );
    },
    upstreams: createUpstreamParts(encode),
  };
}

/** Stands for access logs that are off, where a part is remembered by them. */
const noLogs: NonNullable<ProxySnapshot['accessLogs']> = {};

/** Found by what it is made of while that is the same; else by how it reads, as it may belong to another proxy. */
function createInboundParts(encode: Encode) {
  const same = createMemo<Part>();
  const equal = createMemo<Part>();
  return (snapshot: ProxySnapshot, credentials: KeyedCredentials): Part => {
    const { publicListener: place, localApp: app, config, accessLogs = noLogs } = snapshot;
    return same([place, app, config, accessLogs], credentials.key, () => {
      const here = text(place.address, String(place.port));
      const there = text(app.address, String(app.port), app.socketPath ?? '');
      return equal([config, accessLogs], text(here, there, credentials.key), () =>
        inbound(snapshot, credentials, encode),
      );
    });
  };
}

/**
 * Sidecars that dial the same have one list, found whole. An upstream changes whole when its endpoints do; its listener
 * and cluster are then found again by what they are made of.
 */
function createUpstreamParts(encode: Encode) {
  const lists = createMemo<readonly Part[]>();
  const wholes = createMemo<readonly Part[]>();
  const outbounds = createMemo<Outbound>();
  const assignments = createMemo<Part>();
  const build = (
    snapshot: UpstreamSnapshot,
    proxy: ProxySnapshot,
    credentials: KeyedCredentials,
  ) => {
    const { upstream, config, endpoints } = snapshot;
    const { target } = endpoints;
    const sni = serviceSni(target, proxy.trustDomain);
    const spiffeId = serviceSpiffeId(proxy.trustDomain, target.service, target.datacenter);
    const name = upstreamListenerName(upstream, proxy.datacenter);
    const rest = text(name, sni, spiffeId, credentials.key);
    const fixed = outbounds([upstream, config, proxy.accessLogs ?? noLogs], rest, () =>
      outbound(snapshot, name, { sni, spiffeId }, credentials, proxy.accessLogs, encode),
    );
    const { endpointsName: own } = fixed;
    if (own === undefined) return [fixed];
    return [fixed, assignments([endpoints], own, () => endpointsPart(own, endpoints, encode))];
  };
  return (proxy: ProxySnapshot, credentials: KeyedCredentials): readonly Part[] => {
    const { upstreams, accessLogs = noLogs } = proxy;
    return lists([upstreams, accessLogs], credentials.key, () =>
      upstreams.flatMap((upstream) =>
        wholes([upstream, accessLogs], credentials.key, () => build(upstream, proxy, credentials)),
      ),
    );
  };
}

function endpointsPart(clusterName: string, endpoints: TargetEndpoints, encode: Encode): Part {
  const { assignment, diagnostics } = targetEndpoints(clusterName, endpoints);
  const schema = ClusterLoadAssignmentSchema;
  return { resources: [encode(typeUrls.endpoints, clusterName, schema, assignment)], diagnostics };
}

/** Fails closed: intentions that cannot be compiled deny everybody, and nothing else of the proxy suffers. */
function authorizationPart(
  rules: Rules,
  trustDomain: string,
  encode: Encode,
  policyOf: typeof compilePolicy,
): Part {
  const extension = (config: ReturnType<typeof denyAll>) =>
    encode(typeUrls.extensionConfig, intentionsFilter, TypedExtensionConfigSchema, config);
  try {
    const config = authorization(policyOf(rules), decisionClauses(rules), trustDomain);
    return { resources: [extension(config)], diagnostics: [] };
  } catch (error) {
    const message = `the intentions for ${rules.destination} cannot be compiled, so every connection is denied: ${(error as Error).message}`;
    return {
      resources: [extension(denyAll())],
      diagnostics: [{ code: 'intentions-not-compiled', resource: intentionsFilter, message }],
    };
  }
}
