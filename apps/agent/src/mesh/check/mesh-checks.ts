import { describeCertificate } from '@chancery/ca';
import type { LoadedConfig } from '@chancery/config-files';
import type { ProxySource, StatusSource } from '@chancery/mesh-api';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { Leafs } from '../../authority/leafs.ts';
import { trustedRoots } from '../../authority/trusted-roots.ts';
import { certificateFindings, type LookedAt, type ServedCertificates } from './certificates.ts';
import { clockFindings } from './clock.ts';
import { configurationFindings } from './configuration.ts';
import { dataFindings } from './data-directory.ts';
import type { MeshCheck } from './finding.ts';
import { defaultPolicyFinding, intentionFindings } from './intentions.ts';
import { proxyFindings } from './proxies.ts';
import { runChecks } from './run-checks.ts';
import { serviceFindings } from './services.ts';

/** What an agent's doctor looks at. */
export interface MeshCheckParts {
  readonly store: Pick<Store, 'view' | 'read'>;
  readonly config: AgentConfig;
  readonly leafs: Pick<Leafs, 'list'>;
  readonly proxies: Pick<ProxySource, 'list'>;
  /** Reads the configuration again. */
  readonly readConfig: () => LoadedConfig;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const limitMs = 2_000;

/** Where what is wrong with an agent and its mesh is told. */
export function checkMesh(parts: MeshCheckParts): StatusSource['check'] {
  const checks = meshChecks(parts);
  return (signal) => runChecks(checks, { limitMs, now: parts.now }, signal);
}

/** Everything that is looked at, group by group. */
export function meshChecks(parts: MeshCheckParts): readonly MeshCheck[] {
  const { store, config, now } = parts;
  const clock = (): ReturnType<typeof clockFindings> => {
    const { root, leafs } = servedCertificates(parts);
    return clockFindings(now(), root === undefined ? leafs : [root, ...leafs]);
  };
  return [
    check('agent', 'clock', clock),
    check('configuration', 'configuration', () => configurationFindings(config, parts.readConfig)),
    check('data', 'data directory', () => dataFindings(config.dataDir)),
    check('certificates', 'certificates', () =>
      certificateFindings(servedCertificates(parts), now()),
    ),
    check('proxies', 'proxies', async () => proxyFindings(await parts.proxies.list(), now())),
    check('services', 'services', () => serviceFindings(store.view)),
    check('intentions', 'default policy', () => [
      defaultPolicyFinding(config.defaultIntentionPolicy),
    ]),
    check('intentions', 'intentions', (signal) =>
      intentionFindings(store, config.defaultIntentionPolicy, signal),
    ),
  ];
}

function check(group: string, name: string, look: MeshCheck['look']): MeshCheck {
  return { group, name, look };
}

function servedCertificates({ store, leafs }: MeshCheckParts): ServedCertificates {
  const roots = store.read(trustedRoots, '').value;
  const found = roots.flatMap(({ certificatePem, active }) => {
    const described = describeCertificate(certificatePem);
    if (described === undefined) return [];
    const { commonName = 'the root', validity } = described;
    return [{ active, name: commonName, ...validity }];
  });
  return {
    root: found.find(({ active }) => active),
    others: found.filter(({ active }) => !active),
    leafs: leafs
      .list()
      .map(({ service, validity }): LookedAt => ({ name: service.name, ...validity })),
  };
}
