import type { Principal } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, type Reply } from '../reply.ts';
import type { Route } from '../route.ts';

/** Decides whether a route may be used: the one place where that is asked. Gives what is answered to who may not. */
export function denial(
  { authorise }: HttpApiDependencies,
  principal: Principal,
  { right }: Route,
): Reply | undefined {
  if (right === 'anyone' || authorise(principal, right)) return undefined;
  return failure(403, `Permission denied: "${principal.name}" lacks permission '${right}'`);
}
