import type { Answer, Write } from './question.ts';

/** What lies over a view: one thing in full. */
export type Page = PageSubject & {
  /** The first line that is shown. */
  readonly top: number;
};

/** What a page is about. */
export type PageSubject =
  | { readonly kind: 'proxy'; readonly id: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'certificate'; readonly id: string }
  | { readonly kind: 'intention'; readonly id: string }
  | { readonly kind: 'change'; readonly revision: bigint }
  | {
      readonly kind: 'explain';
      readonly source: string;
      readonly destination: string;
      readonly asked: number;
      readonly answer: Answer | undefined;
    }
  | {
      readonly kind: 'config';
      readonly proxy: string;
      readonly asked: number;
      readonly answer: Answer | undefined;
    }
  | PlanPage;

/** A change that is read before it is made. */
export interface PlanPage {
  readonly kind: 'plan';
  readonly write: Write;
  readonly reason: string;
  readonly asked: number;
  readonly answer: Answer | undefined;
  /** The question that makes it, once it was confirmed. */
  readonly applying: number | undefined;
  readonly applied: Answer | undefined;
  /** The question how far it has come, and its answer. */
  readonly following: number | undefined;
  readonly enforced: Answer | undefined;
}

/** What the title says of a page. */
export function pageTitle(page: Page): string {
  switch (page.kind) {
    case 'explain':
      return `Explain ${page.source} → ${page.destination}`;
    case 'config':
      return `Configuration of ${page.proxy}`;
    case 'plan':
      return 'Plan';
    case 'change':
      return `Change r${page.revision}`;
    case 'service':
      return `Service ${page.name}`;
    default:
      return `${page.kind[0]?.toUpperCase()}${page.kind.slice(1)} ${page.id}`;
  }
}
