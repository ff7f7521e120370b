import type { ConnectionOptions } from '@chancery/client';
import { knownGoodVersion } from '@chancery/envoy-runner';
import { type Finding, findingsOf } from './finding.ts';
import { within } from './within.ts';

const { warning } = findingsOf('envoy');

/** Connected Envoys of a version that is not tested, a finding a version. What cannot be asked is said elsewhere. */
export async function proxyVersionFindings(
  options: ConnectionOptions,
  limitMs: number,
): Promise<readonly Finding[]> {
  const { connectMesh } = await import('@chancery/mesh-api/client');
  using mesh = connectMesh(options);
  const asked = await within(limitMs, (signal) => mesh.proxies.listProxies({}, { signal }));
  if (asked.kind !== 'done') return [];
  const connected = asked.value.proxies.filter(({ streams }) => streams > 0);
  const byVersion = Map.groupBy(connected, ({ userAgent }) => versionOf(userAgent));
  return [...byVersion].flatMap(([version, proxies]) => {
    if (version === undefined || isTested(version)) return [];
    const [{ id } = { id: '' }] = proxies;
    const who = proxies.length === 1 ? id : `${id} and ${proxies.length - 1} more`;
    const hint = `chancery envoy install takes ${knownGoodVersion}`;
    return [warning('versions', `${who}: Envoy ${version}; tested is ${knownGoodVersion}`, hint)];
  });
}

function versionOf(userAgent: string): string | undefined {
  return /^envoy (\S+)$/.exec(userAgent)?.[1];
}

/** Patches of one release differ in what they mend. */
function isTested(version: string): boolean {
  const [major, minor] = knownGoodVersion.split('.');
  return version.startsWith(`${major}.${minor}.`);
}
