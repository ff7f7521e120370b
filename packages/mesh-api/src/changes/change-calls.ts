import { reasonText } from '@chancery/model';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import type {
  ChangeService,
  HistoryItem as HistoryItemMessage,
} from '../../gen/chancery/mesh/v1/changes_pb.ts';
import type { MeshApiDependencies } from '../dependencies.ts';
import { refused } from '../refused.ts';
import type { AppliedChange, Authorship, ChangeSource, Outcome } from './change-source.ts';
import { declaredMessages } from './declared-message.ts';
import { historyMessageOf } from './history-message.ts';
import { planMessage } from './plan-message.ts';
import { requestedChange } from './requested-change.ts';

/** The calls about changes, over their source. */
export function changeCalls(
  source: ChangeSource,
  principal: MeshApiDependencies['principal'],
  turn?: MeshApiDependencies['turn'],
): ServiceImpl<typeof ChangeService> {
  const signed = async (
    { reason: words, expectedDigest }: { readonly reason: string; readonly expectedDigest: string },
    { requestHeader, service, method }: HandlerContext,
  ): Promise<Authorship> => {
    const reason = reasonText(words);
    return {
      principal: await principal(requestHeader),
      via: `${service.name}/${method.name}`,
      ...(reason !== undefined && { reason }),
      ...(expectedDigest !== '' && { expectedDigest }),
    };
  };
  return {
    plan: async ({ change }, { signal }) =>
      planMessage(granted(await source.plan(requestedChange(change), signal)), turn),
    apply: async (request, context) => {
      const by = await signed(request, context);
      return await applied(await source.apply(requestedChange(request.change), by), turn);
    },
    listHistory: async (request) => listHistory(source, request, turn),
    diff: async (request) => {
      const [from, to] = [Number(request.from), Number(request.to)];
      const { to: last, changes } = granted(await source.diff(from, to === 0 ? undefined : to));
      return {
        from: BigInt(from),
        to: BigInt(last),
        changes: await declaredMessages(changes, turn),
      };
    },
    planRollback: async ({ revision }, { signal }) =>
      planMessage(granted(await source.planRollback(Number(revision), signal)), turn),
    rollback: async (request, context) => {
      const by = await signed(request, context);
      return await applied(await source.rollback(Number(request.revision), by), turn);
    },
  };
}

/** @throws ConnectError for what is refused: so that is told to a caller. */
function granted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw refused(outcome.refusal);
}

async function applied(outcome: Outcome<AppliedChange>, turn: MeshApiDependencies['turn']) {
  const { revision, changes, warnings } = granted(outcome);
  return {
    revision: BigInt(revision),
    changes: await declaredMessages(changes, turn),
    warnings: [...warnings],
  };
}

const usualLimit = 50;
const largestLimit = 1000;

async function listHistory(
  source: ChangeSource,
  asked: {
    readonly before: bigint;
    readonly limit: number;
    readonly kind: string;
    readonly name: string;
  },
  turn: MeshApiDependencies['turn'],
) {
  const page = await source.history({
    limit: Math.min(asked.limit || usualLimit, largestLimit),
    ...(asked.before !== 0n && { before: Number(asked.before) }),
    ...(asked.kind !== '' && { kind: asked.kind }),
    ...(asked.name !== '' && { name: asked.name }),
  });
  const items: HistoryItemMessage[] = [];
  for (const item of page.items) {
    items.push(historyMessageOf(item, await declaredMessages(item.changes, turn)));
  }
  return {
    items,
    floor: BigInt(page.floor),
    revision: BigInt(page.revision),
    more: page.more,
  };
}
