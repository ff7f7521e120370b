import {
  type Check,
  checks,
  type Instance,
  instanceKey,
  instances,
  summarisedName,
} from '@chancery/catalog';
import type { View } from '@chancery/store';

/**
 * Gathers which services have to be looked at again. It remembers of each instance and check what it was
 * about, because of what is gone nothing else tells.
 */
export class TouchedServices {
  /** The service that each instance counts for. */
  readonly #names = new Map<string, string>();
  /** What each check is about. */
  readonly #subjects = new Map<string, string>();
  /** The checks that stand for others, by what they stand for. */
  readonly #aliases = new Map<string, Set<string>>();
  #touched = new Set<string>();
  #nodes = new Set<string>();

  constructor(view: View) {
    for (const instance of view.all(instances)) {
      this.#names.set(instances.key(instance), summarisedName(instance));
    }
    for (const check of view.all(checks)) this.#learn(checks.key(check), check);
  }

  /** An instance has changed, or is gone. */
  instance(key: string, instance: Instance | undefined): void {
    this.#touch(key);
    if (instance === undefined) this.#names.delete(key);
    else this.#names.set(key, summarisedName(instance));
    // Also those that it left, and those it stands for now.
    this.#touch(key);
  }

  /** A check was declared, has changed, or is gone. */
  check(key: string, check: Check | undefined): void {
    this.verdict(key);
    if (check === undefined) this.#subjects.delete(key);
    else this.#learn(key, check);
    this.verdict(key);
  }

  /** A check found something else. */
  verdict(key: string): void {
    const subject = this.#subjects.get(key);
    if (subject !== undefined) this.#touch(subject);
  }

  /** The names gathered since it was asked last. */
  take(view: View): ReadonlySet<string> {
    const nodes = this.#nodes;
    this.#nodes = new Set();
    for (const node of nodes) {
      for (const instance of view.by(instances, 'node', node)) this.#touch(instances.key(instance));
    }
    const taken = this.#touched;
    this.#touched = new Set();
    return taken;
  }

  #learn(key: string, { node, serviceId, probe }: Check): void {
    this.#subjects.set(key, instanceKey(node, serviceId));
    if (probe.kind !== 'alias') return;
    const target = instanceKey(probe.node ?? node, probe.serviceId);
    this.#aliases.set(target, (this.#aliases.get(target) ?? new Set()).add(key));
  }

  /** An instance or a node, and whoever stands for it. */
  #touch(subject: string, seen: Set<string> = new Set()): void {
    if (seen.has(subject)) return;
    seen.add(subject);
    const name = this.#names.get(subject);
    if (name !== undefined) this.#touched.add(name);
    if (subject.endsWith('/')) this.#nodes.add(nodeOf(subject));
    for (const alias of this.#aliases.get(subject) ?? []) {
      const standing = this.#subjects.get(alias);
      if (standing !== undefined) this.#touch(standing, seen);
    }
  }
}

/** The node in the key of what a node's own checks are about. */
function nodeOf(subject: string): string {
  return decodeURIComponent(subject.slice(0, -1));
}
