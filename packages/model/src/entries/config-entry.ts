import type { ProxyDefaults } from './proxy-defaults.ts';
import type { ServiceDefaults } from './service-defaults.ts';
import type { ServiceIntentions } from './service-intentions.ts';

/** What is declared about services beside their instances. */
export type ConfigEntry = ProxyDefaults | ServiceDefaults | ServiceIntentions;

/** The kinds whose entries can be listed and read, as in Consul; those of `ConfigEntry` can be written. */
export const configEntryKinds = [
  'api-gateway',
  'bound-api-gateway',
  'exported-services',
  'file-system-certificate',
  'http-route',
  'ingress-gateway',
  'inline-certificate',
  'jwt-provider',
  'mesh',
  'proxy-defaults',
  'sameness-group',
  'service-defaults',
  'service-intentions',
  'service-resolver',
  'service-router',
  'service-splitter',
  'tcp-route',
  'terminating-gateway',
] as const;

/** The name of a kind. */
export type ConfigEntryKind = (typeof configEntryKinds)[number];
