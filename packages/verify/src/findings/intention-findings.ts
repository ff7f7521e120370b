import { allIntentions, type StoredIntention } from '@chancery/config-entries';
import { formatIntention, WILDCARD } from '@chancery/intentions';
import type { View } from '@chancery/store';
import { unknownService } from '../claims/hold-assertion.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { Steps } from '../steps.ts';
import type { IntentionFinding } from '../verification.ts';
import { redundancy } from './redundancy.ts';
import { shadow } from './shadow.ts';
import { type Standing, standingOf } from './standing.ts';
import { type Survey, surveyOf } from './survey.ts';

/**
 * The intentions that have no effect, in the order of their precedence. Those about other clusters are not judged.
 * What makes others redundant is not among them: whoever deletes all that are told of changes nothing.
 */
export function* intentionFindings(mesh: Mesh, view: View): Steps<readonly IntentionFinding[]> {
  const survey = yield* surveyOf(mesh);
  const judged: Judged[] = [];
  const needed = new Set<string>();
  for (const intention of view.query(allIntentions, '').filter(isLocal)) {
    yield;
    const others = yield* redundancy(survey, intention);
    for (const other of others ?? []) needed.add(other);
    const redundant = others && standingOf('redundant', others);
    judged.push({ intention, name: formatIntention(intention), redundant });
  }
  const found: IntentionFinding[] = [];
  for (const each of judged) {
    yield;
    found.push(...(yield* findingsOf(survey, each, needed)));
  }
  return found;
}

interface Judged {
  readonly intention: StoredIntention;
  readonly name: string;
  /** Where others would decide the same without it. */
  readonly redundant: Standing | undefined;
}

function* findingsOf(
  survey: Survey,
  { intention, name, redundant }: Judged,
  needed: ReadonlySet<string>,
): Steps<readonly IntentionFinding[]> {
  const { mesh } = survey;
  const unknown = unknownNames(mesh, intention);
  if (unknown.length > 0) {
    const why = unknown.map((each) => unknownService(mesh, each)).join('; ');
    return [{ kind: 'dead', intention: name, why }];
  }
  if (needed.has(name)) return [];
  const standing = (yield* shadow(survey, intention)) ?? redundant;
  if (standing === undefined) return [];
  return [{ kind: standing.kind, intention: name, why: whyOf(standing) }];
}

function isLocal({ sourcePeer, sourceSamenessGroup }: StoredIntention): boolean {
  return sourcePeer === undefined && sourceSamenessGroup === undefined;
}

function unknownNames(mesh: Mesh, { source, destination }: StoredIntention): readonly string[] {
  return [source, destination].filter((name) => name !== WILDCARD && !mesh.exists(name));
}

function whyOf({ kind, first, count }: Standing): string {
  const such = count === 1 ? first : `${first} and ${count - 1} more`;
  return kind === 'redundant'
    ? `without it ${such} would decide the same`
    : `for every service that exists others decide (${such}); it speaks only of services to come`;
}
