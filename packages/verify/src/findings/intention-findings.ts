import { allIntentions, type StoredIntention } from '@chancery/config-entries';
import { formatIntention, WILDCARD } from '@chancery/intentions';
import type { View } from '@chancery/store';
import { unknownService } from '../claims/hold-assertion.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { IntentionFinding } from '../verification.ts';
import { redundancy, type Standing, shadow } from './standing.ts';

/**
 * The intentions that have no effect, in the order of their precedence. Those about other clusters are not judged.
 * What makes others redundant is not among them: whoever deletes all that are told of changes nothing.
 */
export function intentionFindings(mesh: Mesh, view: View): readonly IntentionFinding[] {
  const stored = view.query(allIntentions, '').filter(isLocal);
  const standings = stored.map((intention) => ({
    intention,
    name: formatIntention(intention),
    unknown: unknownNames(mesh, intention),
    redundant: redundancy(mesh, intention),
  }));
  const needed = new Set(standings.flatMap(({ redundant }) => [...(redundant?.others ?? [])]));
  return standings.flatMap(
    ({ intention, name, unknown, redundant }): readonly IntentionFinding[] => {
      if (unknown.length > 0) {
        const why = unknown.map((each) => unknownService(mesh, each)).join('; ');
        return [{ kind: 'dead', intention: name, why }];
      }
      const standing = needed.has(name) ? undefined : (shadow(mesh, intention) ?? redundant);
      if (standing === undefined) return [];
      return [{ kind: standing.kind, intention: name, why: whyOf(standing) }];
    },
  );
}

function isLocal({ sourcePeer, sourceSamenessGroup }: StoredIntention): boolean {
  return sourcePeer === undefined && sourceSamenessGroup === undefined;
}

function unknownNames(mesh: Mesh, { source, destination }: StoredIntention): readonly string[] {
  return [source, destination].filter((name) => name !== WILDCARD && !mesh.exists(name));
}

function whyOf({ kind, others }: Standing): string {
  const [first] = others;
  const such = others.size === 1 ? first : `${first} and ${others.size - 1} more`;
  return kind === 'redundant'
    ? `without it ${such} would decide the same`
    : `for every service that exists others decide (${such}); it speaks only of services to come`;
}
