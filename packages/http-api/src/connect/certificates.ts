import { isServiceName } from '@chancery/model';
import type { HttpApiDependencies, IssuedLeaf, PublicRoot, PublicRoots } from '../dependencies.ts';
import { indexes } from '../json/catalog-json.ts';
import { failure, json, type Reply } from '../reply.ts';
import { goBoolean } from '../request/go-boolean.ts';
import { Waiting } from '../request/waiting.ts';
import { type ApiRequest, type Route, reading } from '../route.ts';

/** Roots for whoever verifies, leafs for whoever serves. */
export const certificateRoutes: readonly Route[] = [
  rootsRoute('/v1/connect/ca/roots'),
  rootsRoute('/v1/agent/connect/ca/roots', { cached: 'always' }),
  {
    method: 'GET',
    path: '/v1/agent/connect/ca/leaf/*',
    right: 'service:write',
    blocking: 'certificate',
    answer: leaf,
  },
];

function rootsRoute(path: string, caching: { readonly cached?: 'always' } = {}): Route {
  return {
    method: 'GET',
    path,
    right: 'anyone',
    blocking: 'index',
    ...caching,
    read: ({ roots }, { query }) => {
      const asPem = goBoolean(query.get('pem') || 'false');
      return asPem === undefined
        ? failure(400, "The 'pem' query parameter must be a boolean value")
        : reading(roots, '', (found) => (asPem ? pem(found) : json(shown(found))));
    },
  };
}

function shown({ trustDomain, roots }: PublicRoots): object {
  return {
    ActiveRootID: roots.find(({ active }) => active)?.id ?? '',
    TrustDomain: trustDomain,
    Roots: roots.map((root) => rootEntry(root, trustDomain)),
  };
}

function rootEntry(root: PublicRoot, trustDomain: string): object {
  return {
    ID: root.id,
    Name: root.name,
    SerialNumber: root.serialNumber,
    SigningKeyID: root.signingKeyId,
    ExternalTrustDomain: trustDomain.split('.')[0] ?? '',
    NotBefore: time(root.notBefore),
    NotAfter: time(root.notAfter),
    RootCert: root.certificatePem,
    IntermediateCerts: null,
    Active: root.active,
    PrivateKeyType: 'ec',
    PrivateKeyBits: 256,
    ...indexes(root.revisions),
  };
}

function pem({ roots }: PublicRoots): Reply {
  return {
    kind: 'text',
    text: roots.map(({ certificatePem }) => certificatePem).join(''),
    headers: { 'Content-Type': 'application/pem-certificate-chain' },
  };
}

async function leaf(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const { '*': service = '' } = request.params;
  if (service === '') return failure(400, 'Missing service name');
  if (!isServiceName(service)) return failure(400, `"${service}" is no name of a service`);
  const { options } = request;
  using waiting = new Waiting(options.waitMs, request.gone);
  const issued = await api.leaf(service, { after: options.index, signal: waiting.signal });
  const headers = { 'X-Consul-Index': String(issued.index), 'X-Cache': 'HIT', Age: '0' };
  return json(leafEntry(issued, service), 200, headers);
}

function leafEntry(issued: IssuedLeaf, service: string): object {
  return {
    SerialNumber: issued.serialNumber,
    CertPEM: issued.certificatePem,
    PrivateKeyPEM: issued.privateKeyPem,
    Service: service,
    ServiceURI: issued.spiffeId,
    ValidAfter: time(issued.validAfter),
    ValidBefore: time(issued.validBefore),
    CreateIndex: issued.index,
    ModifyIndex: issued.index,
  };
}

/** Certificates count whole seconds. */
function time(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
