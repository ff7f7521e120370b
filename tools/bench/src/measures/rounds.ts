import type { Figure } from '../figure.ts';
import { median, quantile } from '../statistics.ts';
import { encodedBetween, encodings } from './encodings.ts';
import type { Mesh } from './mesh.ts';

/** A change that is made and taken back, again and again. */
export interface RepeatedChange {
  readonly title: string;
  readonly times: number;
  /** The bound of the last stream, in milliseconds. */
  readonly lastWithinMs: number;
  readonly make: (mesh: Mesh) => Promise<readonly number[]>;
  readonly takeBack: (mesh: Mesh) => Promise<readonly number[]>;
}

/** How long the change took to the middle and to the last stream, and how often it was encoded. */
export async function roundsOf(
  mesh: Mesh,
  { title, times, lastWithinMs, make, takeBack }: RepeatedChange,
): Promise<readonly Figure[]> {
  const [middle, last, encoded]: number[][] = [[], [], []];
  for (let round = 0; round < times; round += 1) {
    const before = await encodings(mesh);
    const moments = await make(mesh);
    encoded?.push(...encodedBetween(before, await encodings(mesh)));
    middle?.push(median(moments));
    last?.push(quantile(moments, 1));
    await takeBack(mesh);
  }
  const name = `${title}, last of ${mesh.fleet.size}`;
  return [
    { name, value: median(last ?? []), unit: 'ms', goal: { atMost: lastWithinMs } },
    { name: `${name}, p95`, value: quantile(last ?? [], 0.95), unit: 'ms' },
    { name: `${title}, middle stream`, value: median(middle ?? []), unit: 'ms' },
    ...(encoded ?? []).slice(0, 1).map(() => ({
      name: `${title}, encodings`,
      value: quantile(encoded ?? [], 1),
      unit: '',
      goal: { atMost: 1 },
    })),
  ];
}
