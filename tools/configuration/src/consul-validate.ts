import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Asks a real Consul about configurations. Disposing of it takes its folder away. */
export class ConsulValidate implements Disposable {
  readonly #binary: string;
  readonly #folder: string = mkdtempSync(join(tmpdir(), 'consul-validate-'));

  constructor(binary: string) {
    this.#binary = binary;
  }

  /** What Consul prints about a configuration. */
  output(document: unknown): string {
    const path = join(this.#folder, 'agent.json');
    writeFileSync(path, JSON.stringify(document));
    const { stdout, stderr, error } = spawnSync(this.#binary, ['validate', path], {
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error) throw error;
    return stdout + stderr;
  }

  /** The keys of a configuration that Consul does not know, as it writes them: `ports.htpp`. */
  unknownKeys(document: unknown): ReadonlySet<string> {
    const found = this.output(document).matchAll(/invalid config key (\S+)/g);
    return new Set(Array.from(found, ([, key = '']) => key));
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
