import {
  type ConfigSource,
  ConfigSourceSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/config_source';
import {
  type SdsSecretConfig,
  SdsSecretConfigSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import { below, type Reading, refuse, understood } from './reading.ts';

/** Checks that something comes on the stream that the proxy has already; it opens no other. */
export function requireAds(at: Reading, source: ConfigSource | undefined): void {
  if (source === undefined) {
    refuse(at, 'is missing');
    return;
  }
  understood(at, ConfigSourceSchema, source, ['ads', 'resourceApiVersion', 'initialFetchTimeout']);
  if (source.configSourceSpecifier.case !== 'ads') refuse(at, 'must be ads');
}

/** Reads the name of a secret. */
export function readSecretName(at: Reading, config: SdsSecretConfig): string | undefined {
  understood(at, SdsSecretConfigSchema, config, ['name', 'sdsConfig']);
  requireAds(below(at, 'sds_config'), config.sdsConfig);
  return config.name === '' ? refuse(below(at, 'name'), 'is missing') : config.name;
}
