import type { Reply } from '../reply.ts';
import { type Answer, type Layout, PrintedBody, type WholeReply } from './answer.ts';

/** How many answers are kept of one result; they differ by what of it was asked for. */
const keptOfEach = 16;

/** What results were shown as, kept as long as the results themselves: who asks the same is sent the same bytes. */
export class ShownResults {
  readonly #shown = new WeakMap<object, Map<string, Answer>>();

  /** The answer for a result; `show` is called unless the same content was shown of the same result before. */
  of(result: unknown, content: string, layout: Layout, show: () => Reply): Answer {
    if (typeof result !== 'object' || result === null) return { reply: show() };
    const shown = this.#shownOf(result);
    const before = shown.get(content);
    if (before !== undefined) return before;
    const reply = show();
    if (reply.kind === 'stream') return { reply };
    if (shown.size >= keptOfEach) shown.clear();
    const answer = { reply, body: new PrintedBody(reply as WholeReply, layout) };
    shown.set(content, answer);
    return answer;
  }

  #shownOf(result: object): Map<string, Answer> {
    const known = this.#shown.get(result);
    if (known !== undefined) return known;
    const shown = new Map<string, Answer>();
    this.#shown.set(result, shown);
    return shown;
  }
}
