import { WILDCARD } from '@chancery/intentions';
import type { Mesh } from '../mesh/mesh.ts';
import type { Steps } from '../steps.ts';

/**
 * The services of a mesh by what is said of them, so that for an intention about all destinations not each of them is
 * looked at: where nothing is said of a service itself, one is as good as another.
 */
export interface Survey {
  readonly mesh: Mesh;
  /** The services that exist. */
  readonly services: ReadonlySet<string>;
  /** Where nothing of a service itself is about any source, so that what is said of all decides for whom it does not name. */
  readonly open: readonly string[];
  /** Where what is said of all is not what it is elsewhere: tokens are asked for. */
  readonly apart: readonly string[];
  /** Where anything is said of a service itself, and two services of which nothing is: they stand for all. */
  readonly telling: readonly string[];
  /** The services that nothing names that is said of all. */
  readonly unnamed: readonly string[];
}

/** Looks at each service once. */
export function* surveyOf(mesh: Mesh): Steps<Survey> {
  const { base } = mesh.destination(WILDCARD);
  const open: string[] = [];
  const apart: string[] = [];
  const telling: string[] = [];
  const plain: string[] = [];
  for (const name of mesh.services) {
    yield;
    const { own, base: there } = mesh.destination(name);
    if (!own.has(WILDCARD)) open.push(name);
    if (there !== base) apart.push(name);
    (own.size === 0 && there === base ? plain : telling).push(name);
  }
  const unnamed = mesh.services.filter((name) => !base.has(name));
  telling.push(...plain.slice(0, 2));
  return { mesh, services: new Set(mesh.services), open, apart, telling, unnamed };
}
