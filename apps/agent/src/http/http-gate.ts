import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { HttpConfig } from '@chancery/model';

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
      const refusal = this.#refusal(request);
      if (refusal === undefined) answer(request, response);
      else forbid(response, refusal);
    };
  }

  /** Why a request is not answered, in Consul's words. */
  #refusal(request: IncomingMessage): string | undefined {
    const [path = ''] = (request.url ?? '').split('?');
    if (this.#http.blockEndpoints.some((blocked) => isWithin(path, blocked))) {
      return 'Endpoint is blocked by agent configuration';
    }
    return this.#mayWrite(request) ? undefined : 'Access is restricted';
  }

  #mayWrite({ method = 'GET', socket }: IncomingMessage): boolean {
    if (this.#http.allowWriteFrom.length === 0) return true;
    if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return true;
    const address = socket.remoteAddress;
    return address !== undefined && this.#writers.check(address, familyOf(address));
  }
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

function forbid(response: ServerResponse, text: string): void {
  response.writeHead(403, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
