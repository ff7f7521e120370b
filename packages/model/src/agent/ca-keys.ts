import type { Block } from '../block.ts';
import { type Decoder, describe, filledText, flag, text, wholeNumber } from '../primitives.ts';
import { report } from '../scope.ts';
import type { CaConfig } from './agent-config.ts';
import { durationBetween } from './durations.ts';
import { inert, type KeyTable, key, refused, section } from './key.ts';
import { allOf, lastOf } from './layers.ts';

/** What the `ca_config` block says. */
export interface CaValues {
  readonly leafCertTtl: number;
  readonly rootCertTtl: number;
  readonly privateKey: string;
  readonly rootCert: string;
  readonly privateKeyType: 'ec';
  readonly privateKeyBits: 256;
}

/** What the `connect` block says. */
export interface ConnectValues {
  readonly enabled: true;
  readonly caProvider: 'consul';
  readonly caConfig: Block<CaValues>;
}

const hourMs = 3_600_000;

/** Longer than 10 s, so that a leaf can be renewed in time (Consul: at least 1 h), and at most a year. */
const leafTtl = durationBetween([10_000, '10s'], [8760 * hourMs, '8760h']);
const rootTtl = durationBetween([hourMs, '1h'], [876_000 * hourMs, '876000h']);

const on: Decoder<true> = (value, scope) => {
  if (flag(value, scope) !== false) return true;
  return report(scope, 'the mesh is what this agent is for: it cannot be turned off');
};

const provider: Decoder<'consul'> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined) return undefined;
  if (found === 'consul' || found === '') return 'consul';
  return report(
    scope,
    `the provider ${describe(found)} is not supported: the agent signs itself; remove it or say "consul"`,
  );
};

const keyType: Decoder<'ec'> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || found === 'ec') return found;
  return report(scope, `keys are EC P-256: expected "ec", found ${describe(found)}`);
};

const keyBits: Decoder<256> = (value, scope) => {
  const found = wholeNumber(0, 65536)(value, scope);
  if (found === undefined || found === 256) return found;
  return report(scope, `keys are EC P-256: expected 256, found ${found}`);
};

const pem: Decoder<string> = (value, scope) => {
  const found = filledText(value, scope);
  if (found === undefined || found.includes('-----BEGIN ')) return found;
  return report(scope, 'expected PEM, which begins with -----BEGIN');
};

const unlimited = 'signing is not limited';
const vault = 'it belongs to another provider of certificates: the agent signs itself';

/** The keys of `ca_config`; those of `Config` over HTTP are the same. */
export const caFields: KeyTable<CaValues> = {
  leafCertTtl: key('How long a certificate of a service lives (`72h`).', leafTtl, ['leafcertttl']),
  rootCertTtl: key('How long a root lives that the agent makes (`87600h`).', rootTtl, [
    'rootcertttl',
  ]),
  privateKey: key('The private key of a root that was made elsewhere, as PEM.', pem, [
    'privatekey',
  ]),
  rootCert: key('The certificate of that root, as PEM.', pem, ['rootcert']),
  privateKeyType: key('`ec`, the one kind of key here.', keyType, ['privatekeytype']),
  privateKeyBits: key('256, the one size of key here.', keyBits, ['privatekeybits']),
  ...inert('the root signs services itself', 'intermediateCertTtl'),
  ...inert(unlimited, 'csrMaxPerSecond', 'csrMaxConcurrent'),
  ...inert('certificates are only made for this datacenter', 'skipValidate', 'rotationPeriod'),
  ...inert('there is no cross-signing yet', 'disableCrossSigning'),
  ...refused(vault, 'address', 'token', 'rootPkiPath', 'intermediatePkiPath', 'authMethod'),
  ...refused(vault, 'rootPkiNamespace', 'intermediatePkiNamespace', 'namespace'),
  ...refused(vault, 'caFile', 'caPath', 'certFile', 'keyFile', 'tlsServerName', 'tlsSkipVerify'),
  ...refused(vault, 'existingArn', 'deleteOnExit'),
};

/** The keys of `connect`. */
export const connectFields: KeyTable<ConnectValues> = {
  enabled: key('`true`: the mesh cannot be turned off.', on),
  caProvider: key('`consul`: the agent itself signs.', provider),
  caConfig: section('The certificate authority.', caFields),
  ...refused('there are no mesh gateways yet', 'enableMeshGatewayWanFederation'),
  ...inert('it is for tests of Consul', 'testCaLeafRootChangeSpread'),
};

/** The settings of the authority in several files. */
export function caOf(blocks: readonly Block<ConnectValues>[]): CaConfig {
  const configs = allOf(blocks, 'caConfig');
  const last = lastOf(configs);
  const [certificatePem, privateKeyPem] = [last('rootCert'), last('privateKey')];
  refuseHalfRoot(configs, certificatePem, privateKeyPem);
  return {
    leafCertTtlMs: last('leafCertTtl') ?? 72 * hourMs,
    rootCertTtlMs: last('rootCertTtl') ?? 87_600 * hourMs,
    ...(certificatePem !== undefined &&
      privateKeyPem !== undefined && {
        root: { certificatePem, privateKeyPem: () => privateKeyPem },
      }),
  };
}

function refuseHalfRoot(
  configs: readonly Block<CaValues>[],
  certificate: string | undefined,
  privateKey: string | undefined,
): void {
  const config = configs.at(-1);
  if (config === undefined || (certificate === undefined) === (privateKey === undefined)) return;
  const [given, missing] =
    certificate === undefined ? ['private_key', 'root_cert'] : ['root_cert', 'private_key'];
  if (configs.some(({ has }) => has('rootCert') && has('privateKey'))) return;
  report(config.scope, `${given} is given without ${missing}: a root is both`, { code: 'missing' });
}
