import { create, type JsonObject } from '@bufbuild/protobuf';
import type { ChangeAction, DeclaredChange } from '@chancery/plan';
import {
  Action,
  type DeclaredChange as DeclaredChangeMessage,
  DeclaredChangeSchema,
} from '../../gen/chancery/mesh/v1/change_pb.ts';
import type { MeshApiDependencies } from '../dependencies.ts';
import { fieldMessage } from './field-message.ts';

const actions: Readonly<Record<ChangeAction, Action>> = {
  create: Action.CREATE,
  update: Action.UPDATE,
  delete: Action.DELETE,
};

/** What becomes of something, as a message says it. */
export function actionMessage(action: ChangeAction): Action {
  return actions[action];
}

/** A change of something declared, as a message. */
export function declaredMessage(change: DeclaredChange): DeclaredChangeMessage {
  const { kind, name, action, before, after, fields } = change;
  return create(DeclaredChangeSchema, {
    kind,
    name,
    action: actions[action],
    ...(before && { before: plainJson(before) }),
    ...(after && { after: plainJson(after) }),
    fields: fields.map(fieldMessage),
  });
}

/** So many are made messages of until others have their turn. */
const atOnce = 200;

/** Changes of what is declared, as messages; of many, others have their turn in between. */
export async function declaredMessages(
  changes: readonly DeclaredChange[],
  turn: MeshApiDependencies['turn'],
): Promise<DeclaredChangeMessage[]> {
  const messages: DeclaredChangeMessage[] = [];
  for (const change of changes) {
    messages.push(declaredMessage(change));
    if (messages.length % atOnce === 0) await turn?.();
  }
  return messages;
}

/** What is undefined is absent in JSON, and must not stand in a message. */
function plainJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
