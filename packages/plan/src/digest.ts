import { contentHash } from '@chancery/xds-translator';
import type { Outline } from './outline.ts';

/** So much is made a hash of in one step. */
const atOnce = 200;

/**
 * What a change comes to, as a hash: the rows, the verdicts that flip, and the resources of each proxy. Equal
 * for two outlines of which one is as good as the other, whatever else happened to the state in between.
 */
export function* digestOf({ changes, flips, proxies }: Outline): Generator<undefined, string> {
  const effects = proxies.map(({ proxyId, resources }) => [
    proxyId,
    ...resources.map(({ before, after }) => [
      (before ?? after)?.typeUrl,
      (before ?? after)?.name,
      before?.hash,
      after?.hash,
    ]),
  ]);
  const parts: string[] = [];
  for (const list of [changes, flips, effects]) {
    for (let at = 0; at < list.length; at += atOnce) {
      parts.push(hashOf(list.slice(at, at + atOnce)));
      yield;
    }
    parts.push(String(list.length));
  }
  return hashOf(parts);
}

function hashOf(value: unknown): string {
  return contentHash(new TextEncoder().encode(JSON.stringify(value)));
}
