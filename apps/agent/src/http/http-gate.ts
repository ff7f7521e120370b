import type { RequestListener, ServerResponse } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { isMeshRead, meshApiPrefix } from '@chancery/mesh-api/calls';
import type { HttpConfig } from '@chancery/model';

/** What of a request the gate looks at. */
export interface GatedRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** What stands before the API: headers of every answer, endpoints that are blocked, networks that may write. */
export class HttpGate {
  #http: HttpConfig;
  #writers: BlockList;

  constructor(http: HttpConfig) {
    this.#http = http;
    this.#writers = networks(http.allowWriteFrom);
  }

  /** Other settings, for requests from now on. */
  set(http: HttpConfig): void {
    this.#http = http;
    this.#writers = networks(http.allowWriteFrom);
  }

  /** The same API behind the gate. */
  before(answer: RequestListener): RequestListener {
    return (request, response) => {
      for (const [name, value] of Object.entries(this.#http.responseHeaders)) {
        response.setHeader(name, value);
      }
      const refusal = this.refusal(request);
      if (refusal === undefined) answer(request, response);
      else forbid(response, refusal, isOfMesh(request));
    };
  }

  /** Why a request is not answered, in Consul's words. */
  refusal(request: GatedRequest): string | undefined {
    const path = pathOf(request);
    if (this.#http.blockEndpoints.some((blocked) => isWithin(path, blocked))) {
      return 'Endpoint is blocked by agent configuration';
    }
    return this.#mayWrite(request) ? undefined : 'Access is restricted';
  }

  #mayWrite(request: GatedRequest): boolean {
    const { method = 'GET', socket } = request;
    if (this.#http.allowWriteFrom.length === 0) return true;
    // An RPC that changes nothing is asked for by POST as well.
    if (['GET', 'HEAD', 'OPTIONS'].includes(method) || isMeshRead(pathOf(request))) return true;
    const address = socket.remoteAddress;
    return address !== undefined && this.#writers.check(address, familyOf(address));
  }
}

function pathOf({ url = '' }: GatedRequest): string {
  const [path = ''] = url.split('?', 1);
  return path;
}

function isOfMesh({ url = '' }: GatedRequest): boolean {
  return url.startsWith(meshApiPrefix);
}

/** The path as a router reads it, which decodes what was escaped and takes doubled slashes for one. */
function isWithin(path: string, blocked: string): boolean {
  const plain = decoded(path).replace(/\/{2,}/g, '/');
  const start = blocked.replace(/\/+$/, '');
  return plain === start || plain.startsWith(`${start}/`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function networks(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits = ''] = cidr.split('/');
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/** In the words of the API that is asked: an RPC's client shows no other. */
function forbid(response: ServerResponse, message: string, isMesh: boolean): void {
  const text = isMesh ? JSON.stringify({ code: 'permission_denied', message }) : message;
  response.writeHead(403, {
    'Content-Type': isMesh ? 'application/json' : 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
