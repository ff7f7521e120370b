import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrometheusTls } from '@chancery/envoy-runner';
import { fail } from '../attempt.ts';
import type { Call } from '../command.ts';

/** Metrics over TLS, or not; `wrong` when what is wrong has been said. */
export type MetricsTls =
  | { readonly kind: 'none' | 'wrong' }
  | { readonly kind: 'tls'; readonly tls: PrometheusTls };

const incomplete =
  'Must provide a CA (-prometheus-ca-file or -prometheus-ca-path) as well as -prometheus-cert-file and -prometheus-key-file to enable TLS for prometheus metrics';

/** Reads the flags that have metrics served over TLS: all of them or none. */
export async function metricsTls({ flags, io }: Call): Promise<MetricsTls> {
  const [certFile, keyFile, caFile, caPath] = [
    'prometheus-cert-file',
    'prometheus-key-file',
    'prometheus-ca-file',
    'prometheus-ca-path',
  ].map((name) => flags.text(name));
  if (!certFile && !keyFile && !caFile && !caPath) return { kind: 'none' };
  if (!certFile || !keyFile || !(caFile || caPath)) {
    fail(io, incomplete);
    return { kind: 'wrong' };
  }
  if (caFile) return { kind: 'tls', tls: { certFile, keyFile, ca: { filename: caFile } } };
  try {
    const ca = { inline_string: await certificatesIn(caPath ?? '') };
    return { kind: 'tls', tls: { certFile, keyFile, ca } };
  } catch (error) {
    fail(io, `-prometheus-ca-path: ${error instanceof Error ? error.message : error}`);
    return { kind: 'wrong' };
  }
}

/** The authorities of a folder, one after the other: Envoy takes a folder for changes only. */
async function certificatesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const texts = await Promise.all(files.sort().map((name) => readFile(join(folder, name), 'utf8')));
  const certificates = texts.filter((text) => text.includes('-----BEGIN CERTIFICATE-----'));
  if (certificates.length === 0) throw new Error(`there is no certificate in ${folder}`);
  return certificates.map((text) => text.trimEnd()).join('\n');
}
