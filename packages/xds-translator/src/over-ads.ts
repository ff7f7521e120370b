import { create } from '@bufbuild/protobuf';
import {
  ApiVersion,
  type ConfigSource,
  ConfigSourceSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/config_source';

/** Where Envoy gets what a resource names: on the stream that it has already. */
export function overAds(): ConfigSource {
  return create(ConfigSourceSchema, {
    resourceApiVersion: ApiVersion.V3,
    configSourceSpecifier: { case: 'ads', value: {} },
  });
}
