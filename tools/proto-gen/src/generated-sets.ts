import { envoyTypes } from './envoy/envoy-types.ts';
import type { GeneratedSet } from './generated-set.ts';
import { meshTypes } from './mesh/mesh-types.ts';

/** All that is generated. */
export const generatedSets: readonly GeneratedSet[] = [envoyTypes, meshTypes];
