import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type ConnectionQuestion,
  type EnforcingProxy,
  type ExplainedConnection,
  effectInWords,
  formatIntention,
  requestInWords,
} from '@chancery/explain';
import { Code, ConnectError, type HandlerContext } from '@connectrpc/connect';
import {
  type ConsideredIntentionSchema,
  type EnforcingProxySchema,
  type ExplainedRequestSchema,
  type ExplainRequest,
  type ExplainResponseSchema,
  Outcome,
} from '../../gen/chancery/mesh/v1/intentions_pb.ts';
import { SyncState } from '../../gen/chancery/mesh/v1/proxies_pb.ts';
import type { IntentionSource } from './intention-source.ts';

/** The call that follows a connection, over its source. */
export function explainCall(
  source: IntentionSource,
): (
  request: ExplainRequest,
  context: Pick<HandlerContext, 'signal'>,
) => Promise<MessageInitShape<typeof ExplainResponseSchema>> {
  return async (request, { signal }) =>
    responseOf(await source.explain(questionOf(request), signal));
}

function questionOf({
  source,
  destination,
  method,
  path,
  headers,
}: ExplainRequest): ConnectionQuestion {
  if (source === '' || destination === '') {
    const message = `${source === '' ? 'source' : 'destination'}: must be the name of a service`;
    throw new ConnectError(message, Code.InvalidArgument);
  }
  if (path !== '' && !path.startsWith('/')) {
    throw new ConnectError(`path: ${path} does not begin with a slash`, Code.InvalidArgument);
  }
  return {
    source,
    destination,
    ...(method !== '' && { method }),
    ...(path !== '' && { path }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** Sidecars of one service have the same clause: that of a thousand need not be told a thousand times. */
const shownClauses = 20;

function responseOf({
  question: { source, destination },
  verdict,
  revision,
  considered,
  enforcing,
  request,
  upstreams,
  obstacles,
  ...explained
}: ExplainedConnection): MessageInitShape<typeof ExplainResponseSchema> {
  const { reason } = verdict;
  return {
    ...explained,
    source,
    destination,
    revision: BigInt(revision),
    upstreams: upstreams.map((each) => ({ ...each, endpoints: [...each.endpoints] })),
    considered: considered.map(intentionMessage),
    winner: reason.kind === 'rule' ? formatIntention(reason.rule.intention) : '',
    enforcing: enforcing.map((proxy, at) =>
      enforcingMessage(at < shownClauses ? proxy : { ...proxy, clause: undefined }),
    ),
    obstacles: [...obstacles],
    ...(request && { request: requestMessage(request) }),
  };
}

const outcomes = {
  decides: Outcome.DECIDES,
  outranked: Outcome.OUTRANKED,
  'other-source': Outcome.OTHER_SOURCE,
} as const;

function intentionMessage({
  rule: { intention, precedence },
  outcome,
  why,
}: ExplainedConnection['considered'][number]): MessageInitShape<typeof ConsideredIntentionSchema> {
  const { source, destination, description = '' } = intention;
  const effect = effectInWords(intention);
  return { source, destination, effect, precedence, outcome: outcomes[outcome], why, description };
}

const states = {
  synced: SyncState.SYNCED,
  pending: SyncState.PENDING,
  rejected: SyncState.REJECTED,
  'not-subscribed': SyncState.NOT_SUBSCRIBED,
} as const;

function enforcingMessage({
  standing: { state, connected, detail },
  clause,
  allowed,
  ...proxy
}: EnforcingProxy): MessageInitShape<typeof EnforcingProxySchema> {
  return {
    ...proxy,
    state: states[state],
    connected,
    detail,
    // What is shown of a policy is JSON by its nature.
    ...(clause && {
      clause: clause as NonNullable<MessageInitShape<typeof EnforcingProxySchema>['clause']>,
    }),
    ...(allowed !== undefined && { allowed }),
  };
}

function requestMessage({
  permissions,
  allowed,
  summary,
}: NonNullable<ExplainedConnection['request']>): MessageInitShape<typeof ExplainedRequestSchema> {
  return {
    allowed,
    summary,
    permissions: permissions.map(({ position, permission, outcome, why }) => ({
      position: position + 1,
      action: permission.action,
      about: requestInWords(permission),
      decides: outcome === 'decides',
      why,
    })),
  };
}
