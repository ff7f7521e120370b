import type { Path } from '../decoded.ts';
import { isServiceName } from '../names.ts';
import { describe } from '../primitives.ts';
import { inside, listing, ours, type Tell } from './problem.ts';

const advice = 'use letters, digits, "-", "_" and ".", first a letter or digit, at most 128 in all';

/** Refuses an entry without a name, or with one that no service can have. */
export function checkEntryName(name: string, tell: Tell): void {
  if (name === '') tell(['name'], 'Name is required');
  else checkName(name, tell, 'name');
}

/** Refuses the name of something else that cannot be one; nothing said is fine. */
export function checkName(name: string | undefined, tell: Tell, ...path: Path): void {
  if (!name || isServiceName(name)) return;
  ours(tell, path, `${describe(name)} cannot be used here: ${advice}`);
}

/** As `checkName`, where `*` stands for all. */
export function checkNameOrWildcard(name: string | undefined, tell: Tell, ...path: Path): void {
  if (name !== '*') checkName(name, tell, ...path);
}

/**
 * Refuses another namespace or partition than `default`. `place` begins the sentence where a community
 * Consul refuses it too.
 */
export function checkTenancy(
  part: { readonly namespace?: string; readonly partition?: string },
  tell: Tell,
  place?: string,
): void {
  for (const [key, name] of [
    ['namespace', 'Namespace'],
    ['partition', 'Partition'],
  ] as const) {
    const value = part[key];
    if (!value || value === 'default') continue;
    const words = place && `${place}: Setting ${name} requires Consul Enterprise`;
    tell([key], words, { message: `only "default" is supported, found ${describe(value)}` });
  }
}

/** The bounds of an entry's labels, as Consul has them. */
export function checkMeta(meta: Readonly<Record<string, string>>, tell: Tell): void {
  const told = listing(inside(tell, 'meta'));
  const entries = Object.entries(meta);
  if (entries.length > 64) told([], 'Meta exceeds maximum element count 64');
  for (const [key, value] of entries) {
    if (key.length > 128) told([key], `Meta key "${key}" exceeds maximum length 128`);
    if (value.length > 512) told([key], `Meta value for key "${key}" exceeds maximum length 512`);
  }
}
