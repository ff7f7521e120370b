import { report } from '../scope.ts';
import { bool, type Codec, word } from './codec.ts';
import { type EntryHead, entryFields, meta } from './entry-head.ts';
import type { EntryKind } from './entry-kind.ts';
import { inside, type Tell } from './problem.ts';
import { always, filled, given, shape } from './shape.ts';
import { checkTls, type TlsVersions, tlsVersions } from './tls-settings.ts';

/** What holds for the whole mesh; there is one, named `mesh`, and no document says its name. */
export interface Mesh extends EntryHead<'mesh'> {
  readonly transparentProxy: { readonly meshDestinationsOnly: boolean };
  readonly allowEnablingPermissiveMutualTls?: boolean;
  readonly validateClusters?: boolean;
  readonly tls?: { readonly incoming?: TlsVersions; readonly outgoing?: TlsVersions };
  readonly http?: MeshHttp;
  readonly peering?: { readonly peerThroughMeshGateways: boolean };
}

/** How requests are treated before anything looks at them. */
export interface MeshHttp {
  readonly sanitizeXForwardedClientCert: boolean;
  readonly incoming?: { readonly requestNormalization?: RequestNormalization };
}

/** How the path and the headers of a request are made to have one form. */
export interface RequestNormalization {
  readonly insecureDisablePathNormalization: boolean;
  readonly mergeSlashes: boolean;
  readonly pathWithEscapedSlashesAction?: EscapedSlashesAction;
  readonly headersWithUnderscoresAction?: UnderscoresAction;
}

/** What is done to a path with escaped slashes. */
export type EscapedSlashesAction = (typeof escapedSlashesActions)[number];

/** What is done to a request that has headers with underscores. */
export type UnderscoresAction = (typeof underscoresActions)[number];

const escapedSlashesActions = [
  'IMPLEMENTATION_SPECIFIC_DEFAULT',
  'KEEP_UNCHANGED',
  'REJECT_REQUEST',
  'UNESCAPE_AND_REDIRECT',
  'UNESCAPE_AND_FORWARD',
] as const;

const underscoresActions = ['ALLOW', 'REJECT_REQUEST', 'DROP_HEADER'] as const;

const normalization = shape<RequestNormalization>({
  insecureDisablePathNormalization: always(bool, false),
  mergeSlashes: always(bool, false),
  pathWithEscapedSlashesAction: filled(word<EscapedSlashesAction>(), { blank: '' }),
  headersWithUnderscoresAction: filled(word<UnderscoresAction>(), { blank: '' }),
});

const http = shape<MeshHttp>({
  sanitizeXForwardedClientCert: always(bool, false),
  incoming: given(
    shape<NonNullable<MeshHttp['incoming']>>({ requestNormalization: given(normalization) }),
  ),
});

/** A name that goes without saying: Consul takes none, and prints none. */
const unsaid: Codec<string> = {
  decode: (value, scope) => {
    if (value === 'mesh') return value;
    const consul = { words: 'invalid config key "Name"', listed: true };
    return report(scope, 'there is one mesh entry, and it has no name', { consul });
  },
  encode: () => undefined,
};

const codec: Codec<Mesh> = shape<Mesh>(
  {
    kind: always(word<'mesh'>(), 'mesh'),
    name: always(unsaid, 'mesh'),
    transparentProxy: always(
      shape<Mesh['transparentProxy']>({ meshDestinationsOnly: always(bool, false) }),
      { meshDestinationsOnly: false },
    ),
    allowEnablingPermissiveMutualTls: filled(bool),
    validateClusters: filled(bool),
    tls: given(
      shape<NonNullable<Mesh['tls']>>({
        incoming: given(tlsVersions),
        outgoing: given(tlsVersions),
      }),
    ),
    http: given(http),
    peering: given(
      shape<NonNullable<Mesh['peering']>>({ peerThroughMeshGateways: always(bool, false) }),
    ),
    meta,
  },
  entryFields,
);

/** All that is known of `mesh`. */
export const meshKind: EntryKind<Mesh> = {
  codec,
  check: ({ tls, http: requests }, tell) => {
    for (const direction of ['incoming', 'outgoing'] as const) {
      const versions = tls?.[direction];
      const place = `error in ${direction} TLS configuration: `;
      if (versions !== undefined) checkTls(versions, inside(tell, 'tls', direction), place);
    }
    const forms = requests?.incoming?.requestNormalization;
    const at = inside(tell, 'http', 'incoming', 'requestNormalization');
    if (forms !== undefined) checkNormalization(forms, at);
  },
};

function checkNormalization(forms: RequestNormalization, tell: Tell): void {
  const { pathWithEscapedSlashesAction, headersWithUnderscoresAction } = forms;
  refuseOthers(
    'PathWithEscapedSlashesAction',
    pathWithEscapedSlashesAction,
    escapedSlashesActions,
    inside(tell, 'pathWithEscapedSlashesAction'),
  );
  refuseOthers(
    'HeadersWithUnderscoresAction',
    headersWithUnderscoresAction,
    underscoresActions,
    inside(tell, 'headersWithUnderscoresAction'),
  );
}

function refuseOthers(
  name: string,
  action: string | undefined,
  known: readonly string[],
  tell: Tell,
): void {
  if (action === undefined || known.includes(action)) return;
  const rule = `no matching ${name} value found for ${action}, please specify one of [${known.join(', ')}]`;
  tell([], `error in HTTP incoming request normalization configuration: ${rule}`);
}
