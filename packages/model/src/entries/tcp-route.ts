import { type Codec, list, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import type { EntryKind } from './entry-kind.ts';
import { type EntryReference, type EntryStatus, entryStatus } from './entry-status.ts';
import { tenancyFields } from './entry-tenancy.ts';
import { checkEntryName, checkName } from './name-checks.ts';
import { each } from './problem.ts';
import { checkParents, parents, settledParents } from './route-parents.ts';
import { always, given, held, shape } from './shape.ts';

/** Which service is behind the TCP listeners of gateways. */
export interface TcpRoute extends EntryHead<'tcp-route'> {
  readonly parents: readonly EntryReference[];
  readonly services: readonly { readonly name: string }[];
  readonly status?: EntryStatus;
}

const service = shape<TcpRoute['services'][number]>({ name: always(words, '') }, tenancyFields);

const codec: Codec<TcpRoute> = shape<TcpRoute>(
  {
    ...head('tcp-route'),
    parents,
    services: held(list(service), [], { blank: null }),
    meta,
    status: given(entryStatus),
  },
  entryFields,
);

/** All that is known of `tcp-route`. */
export const tcpRouteKind: EntryKind<TcpRoute> = {
  codec,
  settled: (entry) => ({ ...entry, parents: settledParents(entry.parents) }),
  check: (entry, tell) => {
    if (entry.services.length > 1) {
      tell(['services'], 'tcp-route currently only supports one service');
    }
    checkEntryName(entry.name, tell);
    checkParents(entry.parents, tell);
    each(entry.services, tell, 'services', ({ name }, at) => checkName(name, at, 'name'));
  },
};
