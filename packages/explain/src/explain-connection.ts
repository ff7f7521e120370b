import { intentionsTo, rulesTo } from '@chancery/config-entries';
import { decideRequest, explain, type RequestVerdict, type Rules } from '@chancery/intentions';
import type { View } from '@chancery/store';
import { enforcingProxies } from './enforcing-proxies.ts';
import { explainUpstreams } from './explain-upstreams.ts';
import type { ExplainedMesh } from './explained-mesh.ts';
import type { ConnectionQuestion, EnforcingProxy, ExplainedConnection } from './explanation.ts';
import { frontedBy, frontingInstances, unknownService } from './fronting-instances.ts';
import { lackInWords, unservedInWords } from './in-words.ts';

/** How many sidecars of the source are looked at: those beyond are mostly as these. */
const lookedAt = 10;

/** How many sentences about obstacles are worth reading. */
const readable = 50;

/**
 * Follows a connection from one service to another: where the source dials, who is an endpoint and why not, every
 * intention that was considered, what the sidecars of the destination are served for it and whether they have taken it, and what
 * stands in the way. The verdict is that of `decide`, the rest is read from the resources that the proxies get.
 */
export function explainConnection(
  view: View,
  mesh: ExplainedMesh,
  question: ConnectionQuestion,
): ExplainedConnection {
  const steps = explainSteps(view, mesh, question);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same a little at a time, for who has other things to do: a destination may have a thousand sidecars. */
export function* explainSteps(
  view: View,
  mesh: ExplainedMesh,
  question: ConnectionQuestion,
): Generator<undefined, ExplainedConnection> {
  const { source, destination } = question;
  const rules = view.query(rulesTo(mesh.settings.defaultAction), destination);
  const { verdict, considered, summary } = explain(rules, source);
  const request = requestVerdict(rules, mesh, question);
  const callers = frontingInstances(view, source);
  const looked = callers.slice(0, lookedAt);
  const { upstreams, obstacles } = explainUpstreams(view, mesh, looked, destination);
  yield;
  const before = frontingInstances(view, destination);
  const enforcing = yield* enforcingProxies(view, mesh, before, source);
  return {
    question,
    allowed: verdict.allowed,
    summary,
    revision: view.revision,
    verdict,
    ...(request && { request }),
    upstreams,
    moreSidecars: callers.length - looked.length,
    considered,
    defaultAction: rules.defaultAction,
    enforcing,
    obstacles: readableOf([
      ...nameObstacles(view, question, callers.length),
      ...obstacles,
      ...tokenObstacles(view, destination),
      ...requestObstacles(request),
      ...enforcing.flatMap(notEnforcing),
    ]),
  };
}

function requestVerdict(
  rules: Rules,
  { matchesPattern }: ExplainedMesh,
  { source, method, path, headers }: ConnectionQuestion,
): RequestVerdict | undefined {
  if (method === undefined && path === undefined && headers === undefined) return undefined;
  const request = { method: method ?? 'GET', path: path ?? '/', headers: headers ?? {} };
  return decideRequest(rules, source, request, matchesPattern);
}

function nameObstacles(
  view: View,
  { source, destination }: ConnectionQuestion,
  callers: number,
): readonly string[] {
  const strangers = [source, destination].map((name) => unknownService(view, name));
  const [stranger] = strangers;
  const hasNone = stranger === undefined && callers === 0;
  const fronted = frontedBy(view, source);
  const alone =
    fronted === undefined
      ? `${source} has no sidecar: declare one with connect { sidecar_service {} }`
      : `${source} is the sidecar of ${fronted}: ask about ${fronted}`;
  const unreached =
    strangers[1] === undefined && frontingInstances(view, destination).length === 0
      ? [unservedInWords(destination)]
      : [];
  return [
    ...strangers.filter((each) => each !== undefined),
    ...(hasNone ? [alone] : []),
    ...unreached,
  ];
}

/** Where tokens are asked for, nobody passes yet. */
function tokenObstacles(view: View, destination: string): readonly string[] {
  const asking = view.query(intentionsTo, destination).find(({ jwt }) => jwt !== undefined);
  if (asking === undefined) return [];
  const entry = `service-intentions/${asking.destination}`;
  return [`${entry} asks every request for a token, and no proxy checks tokens yet: nobody passes`];
}

/** What the intentions would have of a request is not what happens while proxies see only connections. */
function requestObstacles(request: RequestVerdict | undefined): readonly string[] {
  if (request === undefined || request.permissions.length === 0) return [];
  const said = `the intentions would have this request ${request.allowed ? 'allowed' : 'denied'}`;
  return [`${said}; proxies do not tell requests apart yet: they deny the whole connection`];
}

function notEnforcing({
  proxy,
  filter,
  standing,
  allowed,
  effect,
}: EnforcingProxy): readonly string[] {
  if (allowed === undefined) return [`${proxy}: ${effect}`];
  const lacking = lackInWords(proxy, filter, standing);
  if (lacking === undefined) return [];
  return [standing.connected ? `${lacking}; it enforces what it had before` : lacking];
}

/** Each once, and no more than can be read. */
function readableOf(sentences: readonly string[]): readonly string[] {
  const distinct = [...new Set(sentences)];
  const more = distinct.length - readable;
  return more <= 0 ? distinct : [...distinct.slice(0, readable), `and ${more} more`];
}
