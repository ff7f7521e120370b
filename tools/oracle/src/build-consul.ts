import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { consulVersion } from '@chancery/testing';

const module = 'github.com/hashicorp/consul';

/** What has to be run, in order, in an empty folder: a throw-away module that names Consul as a tool of its own. */
function steps(output: string): readonly (readonly string[])[] {
  return [
    ['mod', 'init', 'peer'],
    ['get', '-tool', `${module}@v${consulVersion}`],
    // The version its own module names does not compile with it.
    ['get', `${module}/api@v1.30.0`],
    ['build', '-o', output, module],
  ];
}

/**
 * Builds a real Consul from its published Go module, to be compared with and used as a client: some
 * minutes the first time. Rejects with a sentence where there is no Go, or the build fails.
 */
export async function buildConsul(path: string, say: (line: string) => void): Promise<void> {
  if (existsSync(path)) return;
  say(
    `Building Consul ${consulVersion} from its Go module, into ${path}: this takes some minutes.`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'chancery-consul-'));
  try {
    await mkdir(dirname(path), { recursive: true });
    const built = join(folder, 'consul');
    for (const step of steps(built)) await go(step, folder);
    await rename(built, path).catch(() => moved(built, path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Across file systems a rename is a copy, made beside its target so that nobody sees half of it. */
async function moved(from: string, to: string): Promise<void> {
  const { copyFile } = await import('node:fs/promises');
  await copyFile(from, `${to}.part`);
  await rename(`${to}.part`, to);
}

function go(step: readonly string[], cwd: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const env = { ...process.env, CGO_ENABLED: '0' };
  const child = spawn('go', step, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.on('error', (cause) => {
    reject(new Error(`Consul is built with Go, which cannot be run: ${cause.message}`, { cause }));
  });
  child.on('close', (code) => {
    if (code === 0) resolve();
    else reject(new Error(`go ${step.join(' ')} failed:\n${errors.trim()}`));
  });
  return promise;
}
