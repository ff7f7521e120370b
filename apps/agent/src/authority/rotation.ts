import { parseRoot, type Root } from '@chancery/ca';
import type { CommittedBy, Store } from '@chancery/store';
import { activateRoot, announceRoot, forgetRoots, otherRoots } from './other-roots.ts';
import { signingRoot } from './trusted-roots.ts';

/** What a change of the root needs from outside. Times in milliseconds. */
export interface RotationParts {
  readonly store: Store;
  /** The proxies that have a stream and have not acknowledged the roots as they are now. */
  readonly doubting: () => readonly string[];
  /** When the last of the leafs ends that the present root has signed. */
  readonly lastLeafEnds: () => number;
  /** Has the leafs of another root than the one that signs replaced, spread over some time. */
  readonly reissue: () => void;
  readonly now: () => number;
  readonly onStep: (message: string, about: object) => void;
  readonly onFailure: (cause: unknown) => void;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (ms: number, options: { readonly signal: AbortSignal }) => Promise<unknown>;
}

/** What became of a change. */
export type Rotated = { readonly ok: true } | { readonly ok: false; readonly message: string };

const self: CommittedBy = { principal: { name: 'agent' }, why: 'change of the root' };
/** How long proxies have to acknowledge a root before it signs all the same. */
const deadlineMs = 10_000;
const lookEveryMs = 50;
const forgetEveryMs = 60_000;

/**
 * Changes the root without a broken connection: every proxy trusts the new one before it signs, and the old
 * one as long as a leaf of it lives. A change that an agent was stopped in goes on when it starts again.
 */
export class Rotation implements Disposable {
  readonly #parts: RotationParts;
  readonly #stop = new AbortController();
  #running: Promise<Rotated> = Promise.resolve({ ok: true });

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  /** Takes up what was begun, and forgets roots whose leafs have ended. */
  start(): void {
    void this.#resume().catch(this.#parts.onFailure);
    void this.#forget().catch(() => undefined);
  }

  /** Has a root sign once the proxies trust it, or with `force` at once; resolves when it does. */
  rotate(next: Root, force: boolean, author: CommittedBy): Promise<Rotated> {
    const own = this.#running.then(() => this.#rotate(next, force, author));
    this.#running = own.catch((): Rotated => ({ ok: true }));
    return own;
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }

  async #resume(): Promise<void> {
    const { store } = this.#parts;
    const begun = store.view.all(otherRoots).find(({ state }) => state === 'announced');
    if (begun?.state !== 'announced') return;
    const parsed = parseRoot(begun.certificatePem, begun.privateKeyPem);
    if (parsed.ok) await this.rotate(parsed.root, false, self);
  }

  async #rotate(next: Root, force: boolean, author: CommittedBy): Promise<Rotated> {
    const { store } = this.#parts;
    if (store.read(signingRoot, '').value?.id === next.id) return { ok: true };
    const { id, certificatePem, privateKey } = next;
    const row = { id, certificatePem, privateKeyPem: privateKey.reveal() };
    const announced = await store.commit(announceRoot, row, author);
    if (!announced.ok) return { ok: false, message: announced.refusal.message };
    this.#parts.onStep('a root is announced', { root: id });
    if (!force) await this.#trusted(id);
    return await this.#activate(id, author);
  }

  /** Waits until every proxy with a stream has acknowledged the roots, at most for as long as they are given. */
  async #trusted(id: string): Promise<void> {
    const { doubting, now, onStep, sleep } = this.#parts;
    const end = now() + deadlineMs;
    // What was announced reaches the proxies in the turns after its commit.
    do await sleep(lookEveryMs, { signal: this.#stop.signal });
    while (doubting().length > 0 && now() < end);
    const proxies = doubting();
    if (proxies.length > 0)
      onStep('proxies do not trust the root that signs now', { root: id, proxies });
  }

  async #activate(id: string, author: CommittedBy): Promise<Rotated> {
    const { store, lastLeafEnds, reissue, onStep } = this.#parts;
    const activeId = store.read(signingRoot, '').value?.id ?? '';
    const until = lastLeafEnds();
    const activated = await store.commit(activateRoot, { id, activeId, until }, author);
    if (!activated.ok) return { ok: false, message: activated.refusal.message };
    onStep('another root signs', { root: id, before: activeId });
    reissue();
    return { ok: true };
  }

  async #forget(): Promise<void> {
    const { store, now, sleep } = this.#parts;
    for (;;) {
      await store.commit(forgetRoots, { now: now() }, self);
      await sleep(forgetEveryMs, { signal: this.#stop.signal });
    }
  }
}
