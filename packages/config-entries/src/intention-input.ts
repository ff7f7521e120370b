import type { Intention } from '@chancery/intentions';
import type { IntentionPermission } from '@chancery/model';
import type { Decision } from '@chancery/store';
import { refuse } from '@chancery/store';
import { isPartialWildcard } from './checked-entry.ts';
import type { TimeToLive } from './deadline/intention-deadline.ts';
import { errorList } from './error-list.ts';

/** An intention as it arrives, with texts not looked at yet. */
export interface IntentionInput {
  readonly source: string;
  readonly destination: string;
  /** Absent or empty where permissions decide. */
  readonly action?: string;
  readonly permissions?: readonly IntentionPermission[];
  /** `consul` when absent: there is no other. */
  readonly sourceType?: string;
  readonly description?: string;
  readonly meta?: Readonly<Record<string, string>>;
  /** How long it is to hold; what stood there before comes back then. For good where it is not given. */
  readonly ttl?: TimeToLive;
  /** The time of the change, in milliseconds since 1970. */
  readonly nowMs: number;
}

/** What a change came to: the intention as it is, and as it was where there was one. */
export interface IntentionWritten {
  readonly intention: Intention<IntentionPermission>;
  readonly before?: Intention<IntentionPermission>;
}

/** Every mistake at once, in the form in which Consul's older API lists them. */
export function refusedInput(input: IntentionInput): Decision<never> | undefined {
  const problems = [
    ...nameProblems('SourceName', input.source),
    ...nameProblems('DestinationName', input.destination),
    ...unlessAllowed('Action', input.action ?? '', ['allow', 'deny']),
    ...unlessAllowed('SourceType', input.sourceType ?? 'consul', ['consul']),
    ...(input.permissions?.length ? [NO_PERMISSIONS] : []),
  ];
  return problems.length === 0 ? undefined : refuse('invalid', errorList(problems));
}

const NO_PERMISSIONS = 'Permissions must not be set when using the legacy APIs';

function nameProblems(field: string, name: string): readonly string[] {
  if (name === '') return [`${field} must be set`];
  const partial = `${field}: wildcard character '*' cannot be used with partial values`;
  return isPartialWildcard(name) ? [partial] : [];
}

function unlessAllowed(
  field: string,
  value: string,
  allowed: readonly string[],
): readonly string[] {
  const choice = allowed.map((word) => `'${word}'`).join(' or ');
  return allowed.includes(value) ? [] : [`${field} must be set to ${choice}`];
}
