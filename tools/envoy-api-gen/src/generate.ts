import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { annotationPackages, typescriptRoots } from './roots.ts';
import { stageProtos } from './stage-protos.ts';
import { installed, stampPath } from './stamp.ts';

const run = promisify(execFile);

/**
 * Makes Envoy's types in a new folder below `scratch` and returns it.
 * Rejects with the generator's own words when a proto does not compile.
 */
export async function generate(scratch: string, stamp: string): Promise<string> {
  mkdirSync(scratch, { recursive: true });
  const work = mkdtempSync(join(scratch, '.envoy-api-'));
  try {
    const protos = join(work, 'protos');
    const result = join(work, 'gen');
    stageProtos(protos);
    await buf(
      protos,
      'build',
      '--as-file-descriptor-set',
      '--exclude-source-info',
      '-o',
      '../set.binpb',
    );
    await buf(work, 'generate', '--template', template());
    // The runtime brings its own well-known types.
    rmSync(join(result, 'google/protobuf'), { recursive: true });
    writeFileSync(join(result, 'descriptor-set.json'), descriptorSet(join(work, 'set.binpb')));
    writeFileSync(stampPath(result), stamp);
    rmSync(protos, { recursive: true });
    return result;
  } catch (cause) {
    rmSync(work, { recursive: true, force: true });
    throw cause;
  }
}

async function buf(cwd: string, ...args: string[]): Promise<void> {
  await run(process.execPath, [installed('@bufbuild/buf', 'bin/buf'), ...args], { cwd });
}

function template(): string {
  const input = {
    binary_image: 'set.binpb',
    types: typescriptRoots,
    exclude_types: annotationPackages,
  };
  const plugin = {
    local: [process.execPath, installed('@bufbuild/protoc-gen-es', 'bin/protoc-gen-es')],
    out: 'gen',
    opt: ['target=ts', 'import_extension=ts', 'erasable_syntax=true'],
  };
  return JSON.stringify({ version: 'v2', inputs: [input], plugins: [plugin] });
}

/** As a JSON module: it needs no file access in the packages that use it, and imports in 2 ms where TypeScript takes 35. */
function descriptorSet(file: string): string {
  return JSON.stringify(readFileSync(file).toString('base64'));
}
