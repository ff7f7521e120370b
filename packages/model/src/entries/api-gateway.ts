import { type Codec, integer, list, word, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import type { EntryKind } from './entry-kind.ts';
import {
  type EntryReference,
  type EntryStatus,
  entryReference,
  entryStatus,
} from './entry-status.ts';
import { hostProblem } from './gateway-hosts.ts';
import { type GatewayJwt, gatewayJwt } from './gateway-policy.ts';
import { checkEntryName } from './name-checks.ts';
import { each, inside, repeats, type Tell } from './problem.ts';
import { always, filled, given, held, shape } from './shape.ts';
import { checkTls, type TlsVersion } from './tls-settings.ts';

/** A gateway to which routes bind themselves. */
export interface ApiGateway extends EntryHead<'api-gateway'> {
  readonly listeners: readonly ApiGatewayListener[];
  readonly status?: EntryStatus;
}

/** A port of a gateway, and the name of the host that it serves there. */
export interface ApiGatewayListener {
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  readonly protocol: 'http' | 'tcp';
  readonly tls: ApiGatewayTls;
  readonly override?: { readonly jwt?: GatewayJwt };
  readonly default?: { readonly jwt?: GatewayJwt };
}

/** With which certificates and versions a listener speaks TLS. */
export interface ApiGatewayTls {
  readonly certificates: readonly EntryReference[];
  readonly maxVersion?: TlsVersion;
  readonly minVersion?: TlsVersion;
  readonly cipherSuites: readonly string[];
}

const tls = shape<ApiGatewayTls>({
  certificates: held(list(entryReference), [], { blank: null }),
  maxVersion: filled(word<TlsVersion>(), { blank: '' }),
  minVersion: filled(word<TlsVersion>(), { blank: '' }),
  cipherSuites: held(list(words), [], { blank: null }),
});

const policy = shape<{ readonly jwt?: GatewayJwt }>({ jwt: given(gatewayJwt) });

const listener = shape<ApiGatewayListener>({
  name: always(words, ''),
  hostname: always(words, ''),
  port: always(integer, 0),
  protocol: always(word<ApiGatewayListener['protocol']>(), '' as 'http'),
  tls: always(tls, { certificates: [], cipherSuites: [] }),
  override: given(policy),
  default: given(policy),
});

const codec: Codec<ApiGateway> = shape<ApiGateway>(
  {
    ...head('api-gateway'),
    listeners: held(list(listener), [], { blank: null }),
    status: given(entryStatus),
    meta,
  },
  entryFields,
);

/** All that is known of `api-gateway`. */
export const apiGatewayKind: EntryKind<ApiGateway> = {
  codec,
  settled: (entry) => ({ ...entry, listeners: entry.listeners.map(settledListener) }),
  check: ({ name, listeners }, tell) => {
    if (listeners.length === 0) tell(['listeners'], 'api gateway must have at least one listener');
    checkEntryName(name, tell);
    each(listeners, tell, 'listeners', checkListener);
    checkTogether(listeners, tell);
  },
};

function settledListener(declared: ApiGatewayListener): ApiGatewayListener {
  const certificates = declared.tls.certificates.map((reference) => ({
    ...reference,
    kind: reference.kind || 'inline-certificate',
  }));
  const protocol = declared.protocol.toLowerCase() as ApiGatewayListener['protocol'];
  return { ...declared, protocol, tls: { ...declared.tls, certificates } };
}

function checkListener(
  { name, port, protocol, hostname, tls: versions }: ApiGatewayListener,
  tell: Tell,
): void {
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    const rule = 'must be at least 1 character and contain only letters, numbers, or dashes';
    tell(['name'], `listener name "${name}" is invalid, ${rule}`);
  }
  if (port < 1 || port > 65_535) tell(['port'], `listener port ${port} not in the range 1-65535`);
  if (!['tcp', 'http'].includes(protocol)) {
    const rule = `unsupported listener protocol "${protocol}", must be one of 'tcp', or 'http'`;
    tell(['protocol'], rule);
  }
  checkHostname(hostname, protocol, inside(tell, 'hostname'));
  const { minVersion, maxVersion, cipherSuites, certificates } = versions;
  checkTls(
    {
      cipherSuites,
      ...(minVersion && { tlsMinVersion: minVersion }),
      ...(maxVersion && { tlsMaxVersion: maxVersion }),
    },
    inside(tell, 'tls'),
    '',
    { min: 'minVersion', max: 'maxVersion' },
  );
  each(certificates, inside(tell, 'tls'), 'certificates', checkCertificate);
}

function checkHostname(hostname: string, protocol: string, tell: Tell): void {
  if (hostname === '') return;
  if (protocol === 'tcp') tell([], 'hostname specification is not supported when using TCP');
  else if (hostProblem(hostname) !== undefined) {
    const rule = 'a wildcard specifier is only allowed as the left-most label';
    tell([], `host "${hostname}" is not valid, ${rule}`);
  }
}

function checkCertificate({ kind, name }: EntryReference, tell: Tell): void {
  if (kind !== 'inline-certificate' && kind !== 'file-system-certificate') {
    const known = "must be 'file-system-certificate' or 'inline-certificate'";
    tell(['kind'], `unsupported certificate kind: "${kind}", ${known}`);
  }
  if (name === '') tell(['name'], 'certificate reference must have a name');
}

/** Listeners of one port are one to Envoy. */
function checkTogether(listeners: readonly ApiGatewayListener[], tell: Tell): void {
  const twice = repeats(listeners.map(({ name }) => name));
  const ports = new Map<number, ApiGatewayListener>();
  each(listeners, tell, 'listeners', (served, at, index) => {
    const { name, port, protocol, hostname } = served;
    if (twice.has(index)) at(['name'], `found multiple listeners with the name "${name}"`);
    const first = ports.get(port);
    if (first === undefined) ports.set(port, served);
    else if (first.protocol !== protocol || first.hostname !== hostname) {
      at(['port'], `listeners "${first.name}" and "${name}" cannot be merged`);
    }
  });
}
