import type { Figure, Goal } from './figure.ts';
import { perSecond } from './statistics.ts';

/** The rate of all, and of the first and the last thousand, or of the halves of fewer: one that holds is the same in both. */
export function rates(name: string, moments: readonly number[], goal?: Goal): readonly Figure[] {
  const part = Math.min(1000, Math.floor(moments.length / 2));
  const rate = { unit: '/s', moreIsBetter: true };
  return [
    { ...rate, name, value: perSecond(moments), ...(goal && { goal }) },
    { ...rate, name: `${name}, at the start`, value: perSecond(moments.slice(0, part)) },
    { ...rate, name: `${name}, at the end`, value: perSecond(moments.slice(-part)) },
  ];
}
