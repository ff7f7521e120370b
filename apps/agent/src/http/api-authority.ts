import { createRoot, parseRoot, type Root, readKeyPair } from '@chancery/ca';
import type { CertificateAuthority } from '@chancery/http-api';
import type { CaConfiguration } from '@chancery/model';
import type { RowRevisions, Store, View } from '@chancery/store';
import type { Authority } from '../authority/authority.ts';
import { authorityRoot, onlyKey } from '../authority/authority-state.ts';
import { caSettings, configureCa } from '../authority/ca-settings.ts';
import type { Rotation } from '../authority/rotation.ts';

/** What the API configures an authority with. */
export interface AuthorityParts {
  readonly store: Store;
  readonly authority: Pick<Authority, 'settings' | 'root' | 'trustDomain'>;
  readonly rotation: Pick<Rotation, 'rotate'>;
  readonly now: () => number;
}

/** The authority as the HTTP API configures it: a root by a rotation, and settings once that succeeded. */
export function apiAuthority(parts: AuthorityParts): CertificateAuthority {
  const { store, authority, rotation } = parts;
  return {
    settings: () => ({
      ...authority.settings(),
      revisions: revisionsOf(store.view),
    }),
    configure: async (configuration, author) => {
      const next = await rootOf(configuration, parts);
      if (typeof next === 'string') return { ok: false, message: next };
      if (next !== undefined) {
        const rotated = await rotation.rotate(next, configuration.force, author);
        if (!rotated.ok) return rotated;
      }
      const configured = await store.commit(configureCa, configuration.settings, author);
      return configured.ok
        ? { ok: true, revision: configured.revision }
        : { ok: false, message: configured.refusal.message };
    },
  };
}

/** Since when there is an authority, and when its settings or its root were changed last. */
function revisionsOf(view: View): RowRevisions {
  const root = view.revisions(authorityRoot, onlyKey) ?? { created: 0, modified: 0 };
  const set = view.revisions(caSettings, onlyKey)?.modified ?? 0;
  return { created: root.created, modified: Math.max(root.modified, set) };
}

/** The root that a configuration asks for, or why it is none; undefined when it asks for the one that signs. */
async function rootOf(
  { privateKey, rootCert, settings }: CaConfiguration,
  { authority, now }: AuthorityParts,
): Promise<Root | string | undefined> {
  if (privateKey === undefined) return undefined;
  if (rootCert !== undefined) return givenRoot(rootCert, privateKey, authority.trustDomain);
  const key = readKeyPair(privateKey);
  if (key === undefined) return 'PrivateKey holds no EC P-256 key in PEM that can be read';
  if (key.privateKey.reveal() === authority.root().privateKey.reveal()) return undefined;
  const { trustDomain } = authority;
  return createRoot({ trustDomain, now: now(), ttlMs: settings.rootCertTtlMs, key });
}

function givenRoot(rootCert: string, privateKey: string, trustDomain: string): Root | string {
  const parsed = parseRoot(rootCert, privateKey);
  if (!parsed.ok) {
    const needed = `a root here has an EC P-256 key and the name URI:spiffe://${trustDomain}`;
    return `RootCert with PrivateKey is no root: ${parsed.problem}; ${needed}`;
  }
  if (parsed.root.trustDomain === trustDomain) return parsed.root;
  return `the root is of the trust domain ${parsed.root.trustDomain}; the one of this mesh, ${trustDomain}, cannot be changed`;
}
