import { Code, ConnectError, type HandlerContext } from '@connectrpc/connect';
import type { MeshApiDependencies } from '../dependencies.ts';
import { meshCalls } from '../mesh-calls.ts';

/**
 * Finds out who calls, and refuses what they may not do. Runs before anything of the message is read: the one
 * place where that is asked.
 */
export function rightsGate({
  principal,
  authorise,
}: MeshApiDependencies): (context: HandlerContext) => Promise<void> {
  return async ({ service, method, requestHeader }) => {
    const right = meshCalls[`/${service.typeName}/${method.name}`];
    if (right === undefined) {
      throw new ConnectError('nobody has decided who may call this', Code.PermissionDenied);
    }
    if (right === 'anyone') return;
    const caller = await principal(requestHeader);
    if (authorise(caller, right)) return;
    const message = `Permission denied: "${caller.name}" lacks permission '${right}'`;
    throw new ConnectError(message, Code.PermissionDenied);
  };
}
