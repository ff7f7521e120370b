// Dispatches a command line. Whatever only one command needs is loaded by that command alone.

// The launcher set it for this process and not for those that it starts, such as Envoy.
delete process.env['NODE_COMPILE_CACHE'];

const command = process.argv[2] ?? '';
const needsEnvoyTypes =
  ['agent', 'validate'].includes(command) || (command === 'connect' && process.argv[3] === 'proxy');

if (command === '__complete') {
  await completeLine();
} else if (!needsEnvoyTypes || (await hasEnvoyTypes())) {
  await (command === 'agent'
    ? import('../apps/agent/src/main.ts')
    : import('../packages/cli/src/main.ts'));
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
  });
}

/** Makes Envoy's types where they are missing or stale, or says why that cannot be. */
async function hasEnvoyTypes(): Promise<boolean> {
  const { ensureEnvoyApi } = await import('../tools/envoy-api-gen/src/ensure-envoy-api.ts');
  try {
    await ensureEnvoyApi();
    return true;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    return false;
  }
}
