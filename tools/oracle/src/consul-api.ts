import { request } from 'node:http';

/** One call of Consul's HTTP API: resolves with the decoded JSON (undefined for an empty answer), rejects with Consul's own words. */
export type ConsulCall = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Calls the agent on a port of the loopback address. */
export function consulApi(port: number, token: string): ConsulCall {
  return async (method, path, body) => {
    const { status, text } = await exchange(port, token, method, path, body);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}

function exchange(
  port: number,
  token: string,
  method: string,
  path: string,
  body: unknown,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    readonly status: number | undefined;
    readonly text: string;
  }>();
  const headers = { 'X-Consul-Token': token };
  const call = request({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
    try {
      const chunks = await response.setEncoding('utf8').toArray();
      resolve({ status: response.statusCode, text: chunks.join('') });
    } catch (cause) {
      reject(cause);
    }
  });
  call.on('error', reject);
  call.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}
