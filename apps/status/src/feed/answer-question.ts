import type { MeshClient } from '@chancery/mesh-api/client';
import type { Answer, Question } from '../state/question.ts';
import { intentionChange } from './intention-change.ts';
import { reasonOf } from './reason.ts';

/** Asks the agent; what it refuses, and what cannot be asked, is an answer as well. */
export async function answerQuestion(
  mesh: MeshClient,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return await asked(mesh, question, { signal });
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

interface Options {
  readonly signal: AbortSignal;
}

async function asked(mesh: MeshClient, question: Question, options: Options): Promise<Answer> {
  switch (question.kind) {
    case 'explain': {
      const { source, destination } = question;
      return {
        kind: 'explain',
        value: await mesh.intentions.explain({ source, destination }, options),
      };
    }
    case 'config':
      return {
        kind: 'config',
        value: await mesh.proxies.getProxyConfig({ proxy: question.proxy }, options),
      };
    case 'plan':
      return await plan(mesh, question, options);
    case 'apply':
      return { kind: 'apply', value: await apply(mesh, question, options) };
    case 'enforced':
      return {
        kind: 'enforced',
        value: await mesh.proxies.waitApplied({ revision: question.revision }, options),
      };
  }
}

async function plan(
  mesh: MeshClient,
  { write }: Question & { kind: 'plan' },
  options: Options,
): Promise<Answer> {
  if (write.kind === 'rollback') {
    const value = await mesh.changes.planRollback({ revision: write.revision }, options);
    return { kind: 'plan', value, change: undefined };
  }
  const change = await intentionChange(mesh, write, options);
  return { kind: 'plan', value: await mesh.changes.plan({ change }, options), change };
}

/** Makes exactly what was planned: the digest has the agent refuse anything else. */
function apply(
  mesh: MeshClient,
  { write, change, digest: expectedDigest, reason }: Question & { kind: 'apply' },
  options: Options,
): ReturnType<MeshClient['changes']['apply']> {
  if (write.kind === 'rollback') {
    return mesh.changes.rollback({ revision: write.revision, reason, expectedDigest }, options);
  }
  return mesh.changes.apply({ ...(change && { change }), reason, expectedDigest }, options);
}
