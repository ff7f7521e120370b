import type { ConfigEntry } from './config-entry.ts';

/**
 * What Envoy hears nothing of yet, by kind: of the whole entry, or of some of its members. This table
 * is all there is about it: a line goes when its effect is built.
 */
export const withoutEffect: { readonly [K in ConfigEntry['kind']]?: string } = {
  'proxy-defaults': 'proxies do not take it into account yet',
  'service-defaults': 'proxies do not take it into account yet',
};
