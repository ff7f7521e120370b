import type { Applied, LaggingProxy } from '@chancery/mesh-api';
import type { ChangedResource } from '../../proxies/publication-log.ts';
import { type Acknowledgement, acknowledgement } from './acknowledgement.ts';
import { leftOpen } from './left-open.ts';
import type { ProxyParts } from './proxy-parts.ts';
import { subject } from './subjects.ts';

interface Affected {
  readonly changed: readonly ChangedResource[];
  verdict: Acknowledgement;
}

/** How it stands with a revision; `lastAt` is when the last acknowledgement came, 0 without any. */
export interface Progress extends Pick<Applied, 'affected' | 'acknowledged' | 'lagging'> {
  readonly lastAt: number;
}

/**
 * Follows the proxies that a revision changes something for. Which those are is known once their snapshots
 * were delivered; of those whose secrets are still being made, once they are published.
 */
export class AppliedWait implements Disposable {
  /** Resolves when there is nothing more to wait for. */
  readonly over: Promise<void>;
  readonly #parts: ProxyParts;
  readonly #revision: number;
  readonly #affected = new Map<string, Affected>();
  /** What the revision changes for these is not published yet. */
  readonly #due = new Set<string>();
  /** The affected that may still take it. */
  readonly #open = new Set<string>();
  readonly #stack = new DisposableStack();
  readonly #end: () => void;

  /** To be made when every watch was told of the revision. */
  constructor(parts: ProxyParts, revision: number) {
    this.#parts = parts;
    this.#revision = revision;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    this.#end = resolve;
    const { ledger, publisher, publications } = parts.xds;
    for (const proxyId of publisher.followed()) this.#consider(proxyId);
    this.#stack.defer(publications.onPublished((proxyId) => this.#onPublished(proxyId)));
    this.#stack.defer(ledger.onChange((proxyId) => this.#onChange(proxyId)));
    this.#settle();
  }

  /** How it stands now. */
  progress(): Progress {
    for (const proxyId of this.#open) this.#judge(proxyId);
    const verdicts = [...this.#affected].map(([id, { verdict }]) => ({ id, ...verdict }));
    const taken = verdicts.filter((verdict) => verdict.kind === 'taken');
    const late = verdicts.filter((verdict) => verdict.kind === 'lagging');
    return {
      affected: verdicts.length + this.#due.size,
      acknowledged: taken.length,
      lagging: [
        ...late.map(({ id, state, detail }): LaggingProxy => ({ id, state, detail })),
        ...[...this.#due].map((id) => this.#unpublished(id)),
      ],
      lastAt: taken.reduce((last, { at }) => Math.max(last, at), 0),
    };
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  #onPublished(proxyId: string): void {
    if (this.#affected.has(proxyId)) return;
    this.#consider(proxyId);
    this.#settle();
  }

  #onChange(proxyId: string): void {
    if (this.#due.has(proxyId)) this.#consider(proxyId);
    if (this.#open.has(proxyId)) this.#judge(proxyId);
    this.#settle();
  }

  #consider(proxyId: string): void {
    const { publisher, publications } = this.#parts.xds;
    if (publisher.isDue(proxyId, this.#revision)) {
      this.#due.add(proxyId);
      return;
    }
    this.#due.delete(proxyId);
    const changed = [
      ...publications.changedBy(proxyId, this.#revision),
      ...leftOpen(this.#parts, proxyId, this.#revision),
    ];
    if (changed.length === 0) return;
    this.#affected.set(proxyId, { changed, verdict: lost });
    this.#judge(proxyId);
  }

  #judge(proxyId: string): void {
    const affected = this.#affected.get(proxyId);
    if (affected === undefined) return;
    const { xds, now } = this.#parts;
    const isConnected = xds.ledger.streams(proxyId) > 0;
    if (!isConnected && subject(this.#parts, proxyId) === undefined) {
      // It is no longer registered: there is nobody to take anything.
      this.#affected.delete(proxyId);
      this.#open.delete(proxyId);
      return;
    }
    affected.verdict = isConnected
      ? acknowledgement(xds.ledger, proxyId, affected.changed, now())
      : lost;
    if (affected.verdict.kind === 'lagging' && affected.verdict.isOpen) this.#open.add(proxyId);
    else this.#open.delete(proxyId);
  }

  #unpublished(id: string): LaggingProxy {
    const failure = this.#parts.xds.publisher.supply(id)?.failure;
    const why = failure === undefined ? 'it is being made' : String(failure);
    return { id, state: 'pending', detail: `its certificate is not there yet: ${why}` };
  }

  #settle(): void {
    if (this.#due.size + this.#open.size === 0) this.#end();
  }
}

/** A proxy whose stream ended goes on with what it had. */
const lost: Acknowledgement = {
  kind: 'lagging',
  state: 'pending',
  isOpen: true,
  detail: 'it has lost its stream, and may go on with what it had',
};
