import type { MeshClient } from '@chancery/mesh-api/client';
import type { Assertion } from '@chancery/verify';

type Asked = NonNullable<Parameters<MeshClient['intentions']['verify']>[0]['assertions']>[number];

/** An assertion as the RPC takes it. */
export function assertionMessage({ position, name = '', claim, transitive }: Assertion): Asked {
  if (claim.kind === 'only') {
    const { sources, destination } = claim;
    const value = { sources: [...sources], destination, transitive };
    return { position, name, claim: { case: 'only', value } };
  }
  const { kind, source, destination } = claim;
  return { position, name, claim: { case: kind, value: { source, destination, transitive } } };
}
