import type { CheckStatus, HttpProbe } from '@chancery/model';
import { firstBytes } from '../kept-output.ts';
import type { ProbeResult, ProbeRun } from '../probe-result.ts';
import { Deadline } from './deadline.ts';
import { type Answer, ask } from './http-exchange.ts';
import { type Redirected, type Requested, redirected } from './redirect.ts';
import { usualTimeoutMs } from './timeouts.ts';

type Answered = Extract<Answer, { readonly ok: true }>;

const mostRedirects = 10;

/** 2xx passes, 429 warns, all else is critical, as Consul has it. */
export async function httpProbe(check: HttpProbe, run: ProbeRun): Promise<ProbeResult> {
  using deadline = new Deadline(check.timeoutMs ?? usualTimeoutMs);
  const { headers, tls } = check;
  const common = { headers, maxBytes: run.outputMaxBytes, ...(tls && { tls }) };
  let asked: Requested = { url: check.url, method: check.method, body: check.body };
  for (let redirects = 0; redirects < mostRedirects; redirects++) {
    const answer = await ask({ ...asked, ...common }, deadline);
    if (!answer.ok) return failure(asked, answer.reason);
    const next = check.disableRedirects ? staying : redirected(asked, answer.code, answer.location);
    if (next.kind !== 'followed') return judged(check, answer, said(next, answer, run));
    asked = next.to;
  }
  return failure(asked, `stopped after ${mostRedirects} redirects`);
}

const staying: Redirected = { kind: 'none' };

function said(next: Redirected, { body }: Answered, { outputMaxBytes }: ProbeRun): string {
  if (next.kind === 'foreign') {
    return `not followed, for it leads to ${next.where}: ${withoutPassword(next.url)}`.slice(
      0,
      outputMaxBytes,
    );
  }
  return firstBytes(body, outputMaxBytes);
}

function judged({ method, url }: HttpProbe, { code, status }: Answered, body: string): ProbeResult {
  const output = `HTTP ${method} ${withoutPassword(url)}: ${status} Output: ${body}`;
  return { status: verdict(code), output };
}

function verdict(code: number): CheckStatus {
  if (code >= 200 && code < 300) return 'passing';
  return code === 429 ? 'warning' : 'critical';
}

/** `Get "http://127.0.0.1/": EOF` */
function failure({ method, url }: Requested, reason: string): ProbeResult {
  const verb = `${method[0] ?? ''}${method.slice(1).toLowerCase()}`;
  const shown = JSON.stringify(withoutPassword(url));
  return { status: 'critical', output: `${verb} ${shown}: ${reason}` };
}

/** Outputs are shown to whoever may see that a service is well; a password is none of theirs. */
function withoutPassword(url: string): string {
  return url.replace(/^(https?:\/\/[^/?#@:]*:)[^/?#]*@/, '$1***@');
}
