import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// What is generated of protos is not committed and may be deleted: whatever needs it makes it anew. Here
// an agent is started without it, and must become ready.
const root = new URL('../../..', import.meta.url).pathname;
const generated = ['envoy-api', 'mesh-api'].map((name) => join(root, 'packages', name, 'gen'));
const limitMs = 120_000;

for (const folder of generated) rmSync(folder, { recursive: true, force: true });
const agent = spawn(
  'npx',
  ['-y', 'pnpm@12', '--silent', 'agent', '-dev', '-http-port', '28561', '-grpc-port', '28562'],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
);
const isReady = await Promise.race([
  once(agent.stdout, 'data').then(([line]) => String(line).includes('agent is ready')),
  once(agent, 'exit').then(() => false),
  new Promise<false>((resolve) => setTimeout(resolve, limitMs, false).unref()),
]);
if (agent.exitCode === null && agent.pid !== undefined) process.kill(-agent.pid, 'SIGTERM');
const isMade = generated.every((folder) => existsSync(folder));
console.log(
  `fresh start: types ${isMade ? 'made' : 'missing'}, agent ${isReady ? '' : 'not '}ready`,
);
process.exitCode = isReady && isMade ? 0 : 1;
