import { type Decoder, duration } from '../primitives.ts';
import { report } from '../scope.ts';

/** A duration that is not before now. */
export const noNegativeDuration: Decoder<number> = (value, scope) => {
  const found = duration(value, scope);
  if (found === undefined || found >= 0) return found;
  return report(scope, 'must not be less than 0');
};

/** A duration of more than nothing. */
export const positiveDuration: Decoder<number> = (value, scope) => {
  const found = duration(value, scope);
  if (found === undefined || found > 0) return found;
  return report(scope, 'must be more than 0');
};

/** A duration within bounds, which the message says as they are written. */
export function durationBetween(
  [minMs, from]: readonly [ms: number, text: string],
  [maxMs, to]: readonly [ms: number, text: string],
): Decoder<number> {
  return (value, scope) => {
    const found = duration(value, scope);
    if (found === undefined || (found >= minMs && found <= maxMs)) return found;
    return report(scope, `must be between ${from} and ${to}`);
  };
}
