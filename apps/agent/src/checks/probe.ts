import { connect } from 'node:net';
import type { CheckProbe, CheckStatus } from '@chancery/model';

/** What a check found, in the words that operators will read. */
export interface ProbeResult {
  readonly status: CheckStatus;
  readonly output: string;
}

/** The kinds of check that the agent itself carries out. */
export type ActiveProbe = Extract<CheckProbe, { kind: 'tcp' | 'http' }>;

/**
 * Carries out one check. Never rejects: what goes wrong is the result, also where Node throws at once
 * because it cannot make sense of an address or a header.
 */
export async function probe(check: ActiveProbe): Promise<ProbeResult> {
  try {
    return await (check.kind === 'tcp' ? tcpProbe(check) : httpProbe(check));
  } catch (error) {
    return { status: 'critical', output: (error as Error).message };
  }
}

function tcpProbe(check: Extract<CheckProbe, { kind: 'tcp' }>): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const { host, port } = splitAddress(check.address);
  const socket = connect({ host, port, timeout: check.timeoutMs });
  const settle = (status: CheckStatus, output: string) => {
    socket.destroy();
    resolve({ status, output });
  };
  socket.on('connect', () => settle('passing', `TCP connect ${check.address}: Success`));
  socket.on('timeout', () => settle('critical', `dial tcp ${check.address}: i/o timeout`));
  socket.on('error', (error) => settle('critical', `dial tcp ${check.address}: ${error.message}`));
  return promise;
}

/** 2xx passes, 429 warns, all else is critical (as Consul has it). Redirects are not followed. */
function httpProbe(check: Extract<CheckProbe, { kind: 'http' }>): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const { request } = process.getBuiltinModule(
    check.url.startsWith('https:') ? 'node:https' : 'node:http',
  );
  const outgoing = request(
    check.url,
    {
      method: check.method,
      headers: outgoingHeaders(check.headers),
      signal: AbortSignal.timeout(check.timeoutMs),
    },
    (response) => {
      let body = '';
      response.on('data', (chunk) => {
        if (body.length < maxOutput) body += chunk;
      });
      response.on('end', () => resolve(httpResult(check, response.statusCode ?? 0, body)));
      response.on('error', (error) => resolve({ status: 'critical', output: error.message }));
    },
  );
  outgoing.on('error', (error) => {
    resolve({ status: 'critical', output: `${check.method} ${check.url}: ${error.message}` });
  });
  // A connection that was switched to another protocol ends without an answer and without an error.
  outgoing.on('close', () => {
    resolve({ status: 'critical', output: `${check.method} ${check.url}: no answer` });
  });
  outgoing.end(check.body);
  return promise;
}

function outgoingHeaders(
  headers: Readonly<Record<string, readonly string[]>>,
): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, [...values]]));
}

const maxOutput = 4096;

function httpResult(
  check: Extract<CheckProbe, { kind: 'http' }>,
  code: number,
  body: string,
): ProbeResult {
  const status = code >= 200 && code < 300 ? 'passing' : code === 429 ? 'warning' : 'critical';
  const output = `HTTP ${check.method} ${check.url}: ${code} Output: ${body}`;
  return { status, output: output.slice(0, maxOutput) };
}

function splitAddress(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':');
  return {
    host: address.slice(0, at).replace(/^\[|\]$/g, ''),
    port: Number(address.slice(at + 1)),
  };
}
