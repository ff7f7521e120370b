import { type IncomingHttpHeaders, request } from 'node:http';

/** One call of Consul's HTTP API: resolves with the decoded JSON (undefined for an empty answer), rejects with Consul's own words. */
export type ConsulCall = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** An answer of the HTTP API as it came. */
export interface ConsulAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One request of the HTTP API, with a body as it is to be sent: resolves with whatever is answered. */
export type ConsulExchange = (method: string, path: string, body?: string) => Promise<ConsulAnswer>;

/** Asks the agent on a port of the loopback address. */
export function consulExchange(port: number, token: string): ConsulExchange {
  return (method, path, body) => exchange(port, token, method, path, body);
}

/** Calls the agent on a port of the loopback address. */
export function consulApi(port: number, token: string): ConsulCall {
  return async (method, path, body) => {
    const { status, text } = await exchange(port, token, method, path, json(body));
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}

function json(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

function exchange(
  port: number,
  token: string,
  method: string,
  path: string,
  body: string | undefined,
): Promise<ConsulAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ConsulAnswer>();
  const headers = { 'X-Consul-Token': token };
  const call = request({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
    try {
      const chunks = await response.setEncoding('utf8').toArray();
      const { statusCode: status = 0, headers: told } = response;
      resolve({ status, headers: told, text: chunks.join('') });
    } catch (cause) {
      reject(cause);
    }
  });
  call.on('error', reject);
  call.end(body);
  return promise;
}
