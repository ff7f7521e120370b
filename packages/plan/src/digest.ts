import { contentHash } from '@chancery/xds-translator';
import type { Outline } from './outline.ts';

/**
 * What a change comes to, as a hash: the rows, the verdicts that flip, and the resources of each proxy. Equal
 * for two outlines of which one is as good as the other, whatever else happened to the state in between.
 */
export function digestOf({ changes, flips, proxies }: Outline): string {
  const effects = proxies.map(({ proxyId, resources }) => [
    proxyId,
    ...resources.map(({ before, after }) => [
      (before ?? after)?.typeUrl,
      (before ?? after)?.name,
      before?.hash,
      after?.hash,
    ]),
  ]);
  return contentHash(new TextEncoder().encode(JSON.stringify([changes, flips, effects])));
}
