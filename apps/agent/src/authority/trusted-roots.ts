import { parseRoot, type Root } from '@chancery/ca';
import { defineQuery, type Query, type RowRevisions } from '@chancery/store';
import { authorityRoot, onlyKey } from './authority-state.ts';
import { otherRoots } from './other-roots.ts';

/** A root that proxies are to trust. */
export interface TrustedRoot {
  readonly certificatePem: string;
  readonly active: boolean;
  readonly revisions: RowRevisions;
}

/** Every root that has signed, signs, or is about to; the one that signs first. */
export const trustedRoots: Query<'', readonly TrustedRoot[]> = defineQuery<
  '',
  readonly TrustedRoot[]
>({
  name: 'agent.trustedRoots',
  evaluate: (view) => {
    const never = { created: 0, modified: 0 };
    const active = view.all(authorityRoot).map(({ certificatePem }) => ({
      certificatePem,
      active: true,
      revisions: view.revisions(authorityRoot, onlyKey) ?? never,
    }));
    const others = view.all(otherRoots).map(({ id, certificatePem }) => ({
      certificatePem,
      active: false,
      revisions: view.revisions(otherRoots, id) ?? never,
    }));
    return [...active, ...others];
  },
});

/** The root that signs; undefined before the authority is founded. */
export const signingRoot: Query<'', Root | undefined> = defineQuery<'', Root | undefined>({
  name: 'agent.signingRoot',
  evaluate: (view) => {
    const row = view.get(authorityRoot, onlyKey);
    if (row === undefined) return undefined;
    const parsed = parseRoot(row.certificatePem, row.privateKeyPem);
    if (!parsed.ok) throw new Error(`the root of trust in the data directory: ${parsed.problem}`);
    return parsed.root;
  },
});
