import { createRoot, issueLeaf, type Leaf, parseRoot, type Root } from '@chancery/ca';
import { type ServiceRef, serviceSpiffeId, trustDomainOf } from '@chancery/identity';
import type { CaConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import { establishAuthority, onlyKey, reserveSerials } from './authority-state.ts';
import { type CaSettings, caSettings } from './ca-settings.ts';
import { signingRoot } from './trusted-roots.ts';

/** What signs in this mesh. */
export interface Authority {
  readonly trustDomain: string;
  /** The root that signs now. */
  root(): Root;
  /** How long certificates live, as it was set last. */
  settings(): CaSettings;
  /** Issues a leaf with a fresh key. Rejects with the reason when the root cannot sign it. */
  issue(service: ServiceRef): Promise<Leaf>;
}

/** What the authority needs from outside. */
export interface AuthorityOptions {
  readonly datacenter: string;
  /** What the configuration says; a root in it is taken when the authority is founded, and not again. */
  readonly ca: CaConfig;
  readonly now: () => number;
  readonly newId: () => string;
}

const self = { principal: { name: 'agent' } };
const serialsAtOnce = 64;

/** Opens the authority that the store holds, or founds a new one with a trust domain of its own. */
export async function openAuthority(store: Store, options: AuthorityOptions): Promise<Authority> {
  if (store.read(signingRoot, '').value === undefined) {
    await establish(store, await firstRoot(options));
  }
  const nextSerial = serialSource(store);
  const root = () => present(store);
  const { trustDomain } = root();
  const settings = () => store.view.get(caSettings, onlyKey) ?? options.ca;
  const issue = async (service: ServiceRef) => {
    const issued = await issueLeaf(root(), {
      spiffeId: serviceSpiffeId(trustDomain, service, options.datacenter),
      ttlMs: settings().leafCertTtlMs,
      now: options.now(),
      serial: await nextSerial(),
    });
    if (!issued.ok) throw new Error(issued.refusal.message);
    return issued.leaf;
  };
  return { trustDomain, root, settings, issue };
}

/** An authority has a root from its founding on. */
function present(store: Store): Root {
  const root = store.read(signingRoot, '').value;
  if (root === undefined) throw new Error('the root of trust is gone from the data directory');
  return root;
}

async function firstRoot({ ca, now, newId }: AuthorityOptions): Promise<Root> {
  if (ca.root === undefined) {
    const trustDomain = trustDomainOf(newId());
    return createRoot({ trustDomain, now: now(), ttlMs: ca.rootCertTtlMs });
  }
  const parsed = parseRoot(ca.root.certificatePem, ca.root.privateKeyPem());
  if (!parsed.ok) throw new Error(`connect.ca_config: the root is not usable: ${parsed.problem}`);
  return parsed.root;
}

async function establish(store: Store, root: Root): Promise<void> {
  const { certificatePem, privateKey, serialNumber: lastSerial } = root;
  const offered = { certificatePem, privateKeyPem: privateKey.reveal(), lastSerial };
  const committed = await store.commit(establishAuthority, offered, self);
  if (!committed.ok) throw new Error(committed.refusal.message);
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
