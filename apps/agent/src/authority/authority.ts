import { createRoot, issueLeaf, type Leaf, parseRoot, type Root } from '@chancery/ca';
import { type ServiceRef, serviceSpiffeId, trustDomainOf } from '@chancery/identity';
import type { Store } from '@chancery/store';
import { authorityRoot, establishAuthority, onlyKey, reserveSerials } from './authority-state.ts';

/** What signs in this mesh. */
export interface Authority {
  readonly root: Root;
  readonly trustDomain: string;
  /** Issues a leaf with a fresh key. Rejects with the reason when the root cannot sign it. */
  issue(service: ServiceRef): Promise<Leaf>;
}

/** What the authority needs from outside. */
export interface AuthorityOptions {
  readonly datacenter: string;
  readonly leafTtlMs: number;
  readonly now: () => number;
  readonly newId: () => string;
}

const self = { principal: { name: 'agent' } };
const serialsAtOnce = 64;

/** Opens the authority that the store holds, or founds a new one with a trust domain of its own. */
export async function openAuthority(store: Store, options: AuthorityOptions): Promise<Authority> {
  const root = await rootOf(store, options);
  const nextSerial = serialSource(store);
  const { trustDomain } = root;
  const issue = async (service: ServiceRef) => {
    const issued = await issueLeaf(root, {
      spiffeId: serviceSpiffeId(trustDomain, service, options.datacenter),
      ttlMs: options.leafTtlMs,
      now: options.now(),
      serial: await nextSerial(),
    });
    if (!issued.ok) throw new Error(issued.refusal.message);
    return issued.leaf;
  };
  return { root, trustDomain, issue };
}

async function rootOf(store: Store, { now, newId }: AuthorityOptions): Promise<Root> {
  const present = store.view.get(authorityRoot, onlyKey);
  const state =
    present ??
    (await established(
      store,
      await createRoot({ trustDomain: trustDomainOf(newId()), now: now() }),
    ));
  const parsed = parseRoot(state.certificatePem, state.privateKeyPem);
  if (!parsed.ok) throw new Error(`the root of trust in the data directory: ${parsed.problem}`);
  return parsed.root;
}

async function established(store: Store, root: Root) {
  const { certificatePem, privateKey, serialNumber: lastSerial } = root;
  const offered = { certificatePem, privateKeyPem: privateKey.reveal(), lastSerial };
  const committed = await store.commit(establishAuthority, offered, self);
  if (!committed.ok) throw new Error(committed.refusal.message);
  return committed.result;
}

interface SerialBlock {
  next: number;
  readonly end: number;
}

/** Serial numbers one by one, reserved in the store by the handful. A failed reservation is tried again by the next call. */
function serialSource(store: Store): () => Promise<number> {
  const exhausted: SerialBlock = { next: 0, end: 0 };
  const reserve = async (): Promise<SerialBlock> => {
    const committed = await store.commit(reserveSerials, serialsAtOnce, self);
    if (!committed.ok) throw new Error(committed.refusal.message);
    return { next: committed.result, end: committed.result + serialsAtOnce };
  };
  let block = Promise.resolve(exhausted);
  return async () => {
    block = block
      .catch(() => exhausted)
      .then((present) => (present.next < present.end ? present : reserve()));
    const mine = await block;
    return mine.next++;
  };
}
