import { typeUrls } from '@chancery/envoy-api';
import type { TypeName } from '@chancery/mesh-api';

/** A type of resources by the name that people call it by. */
export interface NamedType {
  readonly type: TypeName;
  readonly typeUrl: string;
}

/** The types that are served, in the order in which a proxy's are listed. */
export const resourceTypes: readonly NamedType[] = [
  { type: 'cds', typeUrl: typeUrls.cluster },
  { type: 'eds', typeUrl: typeUrls.endpoints },
  { type: 'lds', typeUrl: typeUrls.listener },
  { type: 'rds', typeUrl: typeUrls.routes },
  { type: 'sds', typeUrl: typeUrls.secret },
  { type: 'ecds', typeUrl: typeUrls.extensionConfig },
];
