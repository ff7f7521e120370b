import { failure, type Reply } from '../reply.ts';

/** A route's place in the API. */
export interface Place {
  readonly method: string;
  readonly path: string;
  readonly blocking: 'none' | 'index' | 'hash' | 'certificate';
}

/** What asks for something that is not there: another datacenter, a tenant, a group of clusters. */
export function outOfScope(
  { path }: Place,
  query: URLSearchParams,
  datacenter: string,
): Reply | undefined {
  if (isAboutTokens(path)) return undefined;
  return elsewhere(path, query, datacenter) ?? otherTenant(query) ?? otherGroup(path, query);
}

function elsewhere(path: string, query: URLSearchParams, datacenter: string): Reply | undefined {
  const asked = query.get('datacenter') || (query.get('dc') ?? '');
  if (asked === '' || asked === datacenter || !isOfDatacenter(path)) return undefined;
  return failure(500, 'No path to datacenter');
}

function otherTenant(query: URLSearchParams): Reply | undefined {
  const name = ['ns', 'partition'].find((each) => !['', 'default'].includes(query.get(each) ?? ''));
  if (name === undefined) return undefined;
  const text = `Invalid query parameter: "${name}" is "${query.get(name)}"; only "default" exists here`;
  return failure(400, text);
}

function otherGroup(path: string, query: URLSearchParams): Reply | undefined {
  const group = query.get('sg') ?? '';
  if (group === '' || !/^\/v1\/health\/(service|connect|ingress)\//.test(path)) return undefined;
  const text = `Invalid query parameter: "sg" is "${group}"; there are no sameness groups here`;
  return failure(500, text);
}

/** Consul's agent answers for itself and knows all datacenters, whichever is asked for; a certificate authority is a datacenter's. */
function isOfDatacenter(path: string): boolean {
  if (path.endsWith('/datacenters')) return false;
  return !path.startsWith('/v1/agent/') || path.startsWith('/v1/agent/connect/ca/');
}

/** Whether the parameters that reads have are looked at: where Consul does, which is not where its agent tells of itself. */
export function takesReadOptions({ blocking, method, path }: Place): boolean {
  if (blocking !== 'none') return true;
  if (method !== 'GET' || path.endsWith('/datacenters') || isAboutTokens(path)) return false;
  return !path.startsWith('/v1/agent/');
}

/** There are no tokens; that is the answer to whatever is asked about them. */
function isAboutTokens(path: string): boolean {
  return path.startsWith('/v1/acl/');
}
