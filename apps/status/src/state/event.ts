import type { WatchMatrixResponse, WatchResponse } from '@chancery/mesh-api/v1/status';
import type { Answer } from './question.ts';
import type { Size } from './state.ts';

/** Everything that may happen to the screen. */
export type Event =
  /** A key by its name: a character, or `up`, `enter`, `ctrl-c`, … */
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'tick'; readonly now: number }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'opened' }
  | { readonly kind: 'message'; readonly message: WatchResponse }
  | {
      readonly kind: 'lost';
      readonly at: number;
      readonly reason: string;
      readonly retryAt: number;
    }
  | { readonly kind: 'matrix'; readonly answer: WatchMatrixResponse }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: Answer };
