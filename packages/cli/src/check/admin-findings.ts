import { type Finding, findingsOf } from './finding.ts';
import { localAdmins, usualAdmin } from './local-admins.ts';
import { within } from './within.ts';

const { ok, warning, failed, skipped } = findingsOf('envoy');

interface ServerInfo {
  readonly state?: string;
  readonly version?: string;
  readonly node?: { readonly id?: string };
}

/** As many are asked as people look at. */
const askedAtMost = 50;

/** Whether Envoys answer at their admin interfaces: at those that are named, else at those of this machine that are known. */
export async function adminFindings(
  named: readonly string[],
  limitMs: number,
): Promise<readonly Finding[]> {
  if (named.length > 0) {
    return await Promise.all(named.map((address) => adminFinding(address, limitMs)));
  }
  const known = (await localAdmins()).slice(0, askedAtMost);
  if (known.length === 0) return [await usualFinding(limitMs)];
  const found = await Promise.all(known.map((address) => adminFinding(address, limitMs)));
  return found.map(unlessNamed);
}

/** What was found by itself may be about to start or to stop, or be another agent's. */
function unlessNamed(finding: Finding): Finding {
  return finding.status === 'failed' ? { ...finding, status: 'warning' } : finding;
}

async function usualFinding(limitMs: number): Promise<Finding> {
  const found = await adminFinding(usualAdmin, limitMs);
  if (found.status !== 'failed') return found;
  const message = `no Envoy is known to run here, and none answers at ${usualAdmin}`;
  return skipped('admin', message, 'if one does, name its admin interface: -admin-addr HOST:PORT');
}

async function adminFinding(address: string, limitMs: number): Promise<Finding> {
  const asked = await within(limitMs, (signal) => serverInfo(address, signal));
  if (asked.kind === 'done') return answered(address, asked.value);
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
