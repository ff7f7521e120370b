import { type Finding, findingsOf } from './finding.ts';
import { within } from './within.ts';

const { ok, warning, failed, skipped } = findingsOf('envoy');

/** Where `connect envoy` puts an admin interface unless it is told otherwise. */
export const usualAdmin = '127.0.0.1:19000';

interface ServerInfo {
  readonly state?: string;
  readonly version?: string;
  readonly node?: { readonly id?: string };
}

/** Whether Envoys answer at their admin interfaces: at those that are named, else at the usual address. */
export async function adminFindings(
  named: readonly string[],
  limitMs: number,
): Promise<readonly Finding[]> {
  const addresses = named.length > 0 ? named : [usualAdmin];
  const found = addresses.map((address) => adminFinding(address, named.length > 0, limitMs));
  return await Promise.all(found);
}

async function adminFinding(address: string, isNamed: boolean, limitMs: number): Promise<Finding> {
  const asked = await within(limitMs, (signal) => serverInfo(address, signal));
  if (asked.kind === 'done') return answered(address, asked.value);
  if (!isNamed) {
    const message = `no Envoy answers at ${usualAdmin}; agents do not know where others have their admin interface`;
    return skipped('admin', message, 'name them: -admin-addr 127.0.0.1:19001');
  }
  const how = asked.kind === 'late' ? `within ${limitMs / 1000} s` : `(${reason(asked.error)})`;
  const hint = 'see whether the sidecar runs, and its -admin-bind';
  return failed('admin', `no Envoy answers at ${address} ${how}`, hint);
}

async function serverInfo(address: string, signal: AbortSignal): Promise<ServerInfo> {
  const response = await fetch(`http://${address}/server_info`, { redirect: 'error', signal });
  const body = (await response.json()) as ServerInfo;
  if (body.state === undefined) throw new Error('what answers is no Envoy');
  return body;
}

function answered(address: string, { state = '', node, version = '' }: ServerInfo): Finding {
  const [, number = version] = version.split('/');
  const who = `${node?.id || 'an Envoy without a name'} at ${address} (Envoy ${number})`;
  if (state === 'LIVE') return ok('admin', `${who} is live`);
  const hint = `it waits for its configuration: curl http://${address}/config_dump tells for what`;
  return warning('admin', `${who} is ${state}`, hint);
}

function reason(error: unknown): string {
  const { cause, message } = error as Error;
  const said = cause instanceof Error ? cause.message : message;
  return said || ((cause as NodeJS.ErrnoException | undefined)?.code ?? 'unreachable');
}
