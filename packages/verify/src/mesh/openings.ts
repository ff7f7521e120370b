import type { Steps } from '../steps.ts';
import type { Admission } from './destination.ts';

/** Where one may connect, as the sources see it. */
export interface Openings {
  /** Of the sources that rules name, where each of them may connect. */
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Where all may connect but those who are named and denied there. */
  readonly open: readonly string[];
}

/** Turns who may connect to some destinations round. */
export function* openingsAmong(
  destinations: readonly string[],
  admissionTo: (destination: string) => Admission,
): Steps<Openings> {
  const named = new Map<string, string[]>();
  const open: string[] = [];
  for (const destination of destinations) {
    yield;
    const admission = admissionTo(destination);
    if (admission.others) open.push(destination);
    for (const [source, allowed] of admission.named) {
      if (!allowed) continue;
      const targets = named.get(source);
      if (targets === undefined) named.set(source, [destination]);
      else targets.push(destination);
    }
  }
  return { named, open };
}
