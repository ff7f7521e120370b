import { type Codec, list, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import type { EntryKind } from './entry-kind.ts';
import { tenancyFields } from './entry-tenancy.ts';
import { checkNameOrWildcard } from './name-checks.ts';
import { each, type Tell } from './problem.ts';
import { filled, held, required, shape } from './shape.ts';

/** Which services others may reach; there is one, named `default`. */
export interface ExportedServices extends EntryHead<'exported-services'> {
  readonly services: readonly ExportedService[];
}

/** A service, `*` for all, and who may reach it. */
export interface ExportedService {
  readonly name: string;
  readonly consumers: readonly ServiceConsumer[];
}

/** Who may reach a service; at most one of them is said. */
export interface ServiceConsumer {
  readonly partition?: string;
  readonly peer?: string;
  readonly samenessGroup?: string;
}

const consumer = shape<ServiceConsumer>({
  partition: filled(words),
  peer: filled(words),
  samenessGroup: filled(words),
});

const service = shape<ExportedService>(
  { name: required(words), consumers: held(list(consumer), []) },
  tenancyFields,
);

const codec: Codec<ExportedServices> = shape<ExportedServices>(
  {
    ...head('exported-services'),
    services: held(list(service), []),
    meta,
  },
  entryFields,
);

/** All that is known of `exported-services`. */
export const exportedServicesKind: EntryKind<ExportedServices> = {
  codec,
  check: ({ name, services }, tell) => {
    if (name !== 'default') tell(['name'], 'exported-services Name must be "default"');
    each(services, tell, 'services', (exported, at, index) => {
      const place = `Services[${index}]`;
      if (!exported.name) at(['name'], `${place}: service name cannot be empty`);
      checkNameOrWildcard(exported.name, at, 'name');
      if (exported.consumers.length === 0) at([], `${place}: must have at least one consumer`);
      each(exported.consumers, at, 'consumers', (who, told, rank) =>
        checkConsumer(who, `${place}.Consumers[${rank}]`, told),
      );
    });
  },
};

function checkConsumer(who: ServiceConsumer, place: string, tell: Tell): void {
  const { partition, peer, samenessGroup } = who;
  if (samenessGroup) {
    tell(['samenessGroup'], `${place}: sameness-groups are an enterprise-only feature`);
  } else if (peer && partition) {
    tell([], `${place}: must define at most one of Peer, Partition, or SamenessGroup`);
  }
  if (peer === '*') {
    tell(['peer'], `${place}: exporting to all peers (wildcard) is not supported`);
  }
}
