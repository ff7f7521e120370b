import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installed } from '../buf/installed.ts';
import { isDescriptorRoot } from './roots.ts';

const importLine = /^import (?:public |weak )?"([^"]+)"/gm;
const includes = ['envoy-api', 'xds', 'googleapis', 'protoc-gen-validate'];

interface Proto {
  readonly file: string;
  readonly imports: readonly string[];
}

/**
 * Copies the roots and all that they import into an empty folder. A root that imports something
 * which the package does not carry (OpenCensus, OpenTelemetry) is left out whole.
 */
export function stageProtos(folder: string): void {
  const protos = readProtos();
  const complete = completeness(protos);
  const staged = new Set<string>();
  const stage = (path: string): void => {
    const proto = protos.get(path);
    if (proto === undefined || staged.has(path)) return;
    staged.add(path);
    copyProto(proto.file, join(folder, path), path);
    proto.imports.forEach(stage);
  };
  [...protos.keys()].filter((path) => isDescriptorRoot(path) && complete(path)).forEach(stage);
}

function readProtos(): Map<string, Proto> {
  const protos = new Map<string, Proto>();
  for (const include of includes) {
    const root = installed('@grpc/grpc-js-xds', 'deps', include);
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.proto')) continue;
      const file = join(root, path);
      const imports = [...readFileSync(file, 'utf8').matchAll(importLine)].map(
        ([, to]) => to ?? '',
      );
      protos.set(path, { file, imports });
    }
  }
  return protos;
}

/** Imports of protos form no cycles, so a plain memo is enough. */
function completeness(protos: Map<string, Proto>): (path: string) => boolean {
  const memo = new Map<string, boolean>();
  const complete = (path: string): boolean => {
    if (path.startsWith('google/protobuf/')) return true;
    const known = memo.get(path);
    if (known !== undefined) return known;
    const result = protos.get(path)?.imports.every(complete) ?? false;
    memo.set(path, result);
    return result;
  };
  return complete;
}

/** Envoy's protos use `ignore_empty` of a newer `validate.proto` than the package carries, so it is added. */
function copyProto(from: string, to: string, path: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (path === 'validate/validate.proto') {
    const rules = /^message \w+Rules \{/gm;
    const addition = '$& optional bool ignore_empty = 1000;';
    writeFileSync(to, readFileSync(from, 'utf8').replace(rules, addition));
  } else {
    copyFileSync(from, to);
  }
}
