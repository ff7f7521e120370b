import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import { type Issued, issueLeaf, type Leaf, type LeafOrder } from '../leaf.ts';
import type { Root } from '../root.ts';

export const TRUST_DOMAIN = 'aa6ea51d-c88e-9b7f-ea3d-daaa62b8e96b.consul';
export const HOUR = 3_600_000;

/** An order for `web` as an agent places it. */
export function orderFor(name: string, order: Partial<LeafOrder> = {}): LeafOrder {
  const spiffeId = serviceSpiffeId(TRUST_DOMAIN, serviceRef(name), 'dc1');
  return { spiffeId, ttlMs: 72 * HOUR, now: Date.now(), serial: 2, ...order };
}

/** A leaf that must be issued. */
export async function issued(root: Root, order: LeafOrder): Promise<Leaf> {
  return accepted(await issueLeaf(root, order));
}

/** The leaf of an order that must have been accepted. */
export function accepted<T>(result: Issued<T>): T {
  if (!result.ok) throw new Error(result.refusal.message);
  return result.leaf;
}
