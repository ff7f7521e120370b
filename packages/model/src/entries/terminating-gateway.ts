import { bool, type Codec, list, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import type { EntryKind } from './entry-kind.ts';
import { tenancyFields } from './entry-tenancy.ts';
import { checkEntryName, checkNameOrWildcard } from './name-checks.ts';
import { each, repeats, type Tell } from './problem.ts';
import { filled, held, required, shape } from './shape.ts';

/** How traffic gets from the mesh to services outside it. */
export interface TerminatingGateway extends EntryHead<'terminating-gateway'> {
  readonly services: readonly TerminatingService[];
}

/** A service outside the mesh, `*` for all that there are, and how it is dialed. */
export interface TerminatingService {
  readonly name: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly sni?: string;
  readonly disableAutoHostRewrite?: boolean;
}

const service = shape<TerminatingService>(
  {
    name: required(words),
    caFile: filled(words),
    certFile: filled(words),
    keyFile: filled(words),
    sni: filled(words),
    disableAutoHostRewrite: filled(bool),
  },
  tenancyFields,
);

const codec: Codec<TerminatingGateway> = shape<TerminatingGateway>(
  {
    ...head('terminating-gateway'),
    services: held(list(service), [], { blank: null }),
    meta,
  },
  entryFields,
);

/** All that is known of `terminating-gateway`. */
export const terminatingGatewayKind: EntryKind<TerminatingGateway> = {
  codec,
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    const twice = repeats(entry.services.map(({ name }) => name));
    each(entry.services, tell, 'services', (outside, at, index) => {
      checkService(outside, at);
      if (!twice.has(index)) return;
      at(['name'], `Service "${outside.name}" was specified more than once within a namespace`);
    });
  },
};

function checkService({ name, caFile, certFile, keyFile }: TerminatingService, tell: Tell): void {
  if (!name) tell(['name'], 'Service name cannot be blank.');
  checkNameOrWildcard(name, tell, 'name');
  if (!(certFile || keyFile) || (certFile && keyFile && caFile)) return;
  const sentence = `Service "${name}" must have a CertFile, CAFile, and KeyFile specified for TLS origination`;
  tell([], sentence);
}
