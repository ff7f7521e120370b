// Dispatches a command line. Whatever only one command needs is loaded by that command alone.

import type { GeneratedSet } from '../tools/proto-gen/src/generated-set.ts';

// The launcher set it for this process and not for those that it starts, such as Envoy.
delete process.env['NODE_COMPILE_CACHE'];

const [command = '', second = ''] = process.argv.slice(2);

/** Commands over RPCs; others make them where they are told to wait for proxies. */
const callers = 'apply check diff explain history plan proxies rollback status verify'.split(' ');
const needsEnvoyTypes =
  ['agent', 'validate'].includes(command) || (command === 'connect' && second === 'proxy');
const needsMeshTypes =
  command === 'agent' || callers.includes(command) || process.argv.some(isWait);

if (command === '__complete') {
  await completeLine();
} else if (await hasGenerated()) {
  if (command === 'agent') await import('../apps/agent/src/main.ts');
  else if (command === 'status') await import('../apps/status/src/main.ts');
  else await import('../packages/cli/src/main.ts');
}

function isWait(word: string): boolean {
  return /^--?wait(?:=|$)/.test(word);
}

/** What a shell offers at the end of a command line; that of `agent` too, which is not in the package of the commands. */
async function completeLine(): Promise<void> {
  const { completeLine } = await import('../packages/cli/src/completion/complete-line.ts');
  const { processIo } = await import('../packages/cli/src/io.ts');
  process.exitCode = await completeLine(process.argv.slice(3), processIo(), {
    agent: async () => {
      const { agentFlags } = await import('../apps/agent/src/config/agent-flags.ts');
      return { flags: agentFlags };
    },
    status: async () => (await import('../apps/status/src/status-command.ts')).command,
  });
}

/** Makes the generated modules that the command needs where they are missing or stale, or says why that cannot be. */
async function hasGenerated(): Promise<boolean> {
  const sets: GeneratedSet[] = [];
  if (needsEnvoyTypes) {
    sets.push((await import('../tools/proto-gen/src/envoy/envoy-types.ts')).envoyTypes);
  }
  if (needsMeshTypes) {
    sets.push((await import('../tools/proto-gen/src/mesh/mesh-types.ts')).meshTypes);
  }
  if (sets.length === 0) return true;
  const { ensureGenerated } = await import('../tools/proto-gen/src/ensure-generated.ts');
  try {
    for (const set of sets) await ensureGenerated(set);
    return true;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    return false;
  }
}
