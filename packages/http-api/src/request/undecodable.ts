import { formatIssue, type Issue } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';

/** Answers with the mistakes of a body, each by its path; one line, whatever their number. */
export function undecodable(issues: readonly Issue[]): Reply {
  return failure(400, `Request decode failed: ${issues.map(inWords).join('; ')}`);
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
