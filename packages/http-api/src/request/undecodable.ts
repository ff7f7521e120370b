import { formatIssue, type Issue } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';
import { firstOfMany } from './first-of-many.ts';
import { lacks } from './lacks.ts';

/** What a body has to be named by, under any of some keys in lower case. */
export interface Named {
  readonly body: unknown;
  readonly names: readonly string[];
  readonly of: 'service' | 'check';
}

const mostMistakes = 24;

/**
 * Answers with the mistakes of a body, each by its path, in one line; of very many the first. That a name is missing has
 * words of its own, but not where a key is not understood: the name may be what it was meant to be.
 */
export function undecodable(issues: readonly Issue[], named?: Named): Reply {
  const isUnread = issues.some(({ code }) => code === 'unknown-key' || code === 'wrong-type');
  if (named !== undefined && !isUnread && lacks(named.body, ...named.names)) {
    return failure(400, `Missing ${named.of} name`);
  }
  const told = firstOfMany(issues.map(inWords), mostMistakes);
  return failure(400, `Request decode failed: ${told.join('; ')}`);
}

/** Consul's words for an unknown key are read by scripts; where it stands and what was meant come after them. */
function inWords(issue: Issue): string {
  if (issue.code !== 'unknown-key' || issue.key === undefined) return formatIssue(issue);
  const [, hint] = issue.message.split('; ');
  const place = issue.path.length > 1 ? [formatIssue({ path: issue.path, message: '' })] : [];
  const more = [...place, ...(hint === undefined ? [] : [hint])];
  const suffix = more.length === 0 ? '' : ` (${more.join(': ')})`;
  return `json: unknown field "${issue.key}"${suffix}`;
}
