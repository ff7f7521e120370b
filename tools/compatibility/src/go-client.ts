import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToEnd } from '@chancery/testing';

const sources = fileURLToPath(new URL('../go-client', import.meta.url));

/** Whether there is a Go that can build the program; a line on standard error says where there is none. */
export function hasGo(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.some((folder) => existsSync(join(folder, 'go')));
  if (!found)
    console.error("SKIPPED: the program on Consul's Go client: there is no Go to build it");
  return found;
}

/** Builds the program on Consul's Go client; rejects with what the compiler said. */
export async function buildGoClient(output: string): Promise<void> {
  const { code, output: said } = await runToEnd({
    program: 'go',
    args: ['build', '-o', output, '.'],
    cwd: sources,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' },
  });
  if (code !== 0) throw new Error(`the Go client could not be built:\n${said}`);
}
