import {
  decide,
  type Intention,
  type IntentionAction,
  rulesFor,
  type Verdict,
  verdictName,
} from '@chancery/intentions';
import type { Destination } from './operation.ts';

/** What ought to be enforced, by `decide` alone: kept beside the mesh, and never read from it. */
export interface Expectation {
  readonly intentions: ReadonlyMap<string, Intention>;
  write(intention: Intention): void;
  remove(intention: Intention): void;
  /** The Envoy of a service that is no longer registered is told nothing more: it keeps to what it was told last. */
  freeze(destination: Destination): void;
  /** The service is registered again. */
  thaw(destination: Destination): void;
  /** Whether a source is to be let through to a destination. */
  allows(source: string, destination: Destination): boolean;
  /** What decides about it, by the name that an access log has it under. */
  decision(source: string, destination: Destination): string;
}

/** Expects what holds where there is no intention yet. */
export function createExpectation(defaultAction: IntentionAction): Expectation {
  const intentions = new Map<string, Intention>();
  const told = new Map<Destination, readonly Intention[]>();
  const key = ({ source, destination }: Intention): string => `${source} => ${destination}`;
  const verdict = (source: string, destination: Destination): Verdict => {
    const known = told.get(destination) ?? intentions.values();
    return decide(rulesFor(destination, known, defaultAction), source);
  };
  return {
    intentions,
    write: (intention) => intentions.set(key(intention), intention),
    remove: (intention) => intentions.delete(key(intention)),
    freeze: (destination) => told.set(destination, [...intentions.values()]),
    thaw: (destination) => told.delete(destination),
    allows: (source, destination) => verdict(source, destination).allowed,
    decision: (source, destination) => verdictName(verdict(source, destination)),
  };
}
