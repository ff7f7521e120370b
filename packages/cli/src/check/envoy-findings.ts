import { dataHome, envoyVersion, findEnvoy, knownGoodVersion } from '@chancery/envoy-runner';
import type { Call } from '../command.ts';
import { type Finding, findingsOf } from './finding.ts';
import { within } from './within.ts';

const { ok, warning, failed, skipped } = findingsOf('envoy');

/** Which Envoy would be run here, and whether it is one that this project is tested with. */
export async function envoyFindings(
  { flags, io }: Call,
  limitMs: number,
): Promise<readonly Finding[]> {
  const found = await findEnvoy({
    flag: flags.text('envoy-binary'),
    env: io.environment.CHANCERY_ENVOY,
    path: io.environment.PATH,
    dataHome: dataHome({ ...io.environment }),
  });
  if (!found.ok) {
    const hint = 'chancery envoy install; or use the built-in proxy: chancery connect proxy';
    return found.reason === 'none'
      ? [
          warning(
            'binary',
            'no Envoy is on this machine: sidecars of Envoy cannot be started here',
            hint,
          ),
        ]
      : [failed('binary', found.message, 'name a program, or nothing')];
  }
  const asked = await within(limitMs, (signal) => envoyVersion(found.binary, signal));
  if (asked.kind === 'late') {
    return [
      skipped('binary', `${found.binary} does not tell its version within ${limitMs / 1000} s`),
    ];
  }
  const version = asked.kind === 'done' ? asked.value : undefined;
  if (version === undefined) {
    const message = `${found.binary} (by ${found.from}) is no Envoy, or does not run on this machine`;
    return [failed('binary', message, 'chancery envoy install')];
  }
  const told = `${found.binary} is Envoy ${version}`;
  if (version === knownGoodVersion) return [ok('binary', `${told}, the version that is tested`)];
  const hint = `chancery envoy install takes ${knownGoodVersion}`;
  return [warning('binary', `${told}; tested is ${knownGoodVersion}`, hint)];
}
