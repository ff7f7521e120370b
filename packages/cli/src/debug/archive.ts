import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { packTar } from 'modern-tar/fs';

/** Packs a folder, under its own name, into a compressed archive that only its owner may read. */
export async function archive(folder: string, path: string): Promise<void> {
  const tar = packTar([{ type: 'directory', source: folder, target: basename(folder) }]);
  await pipeline(tar, createGzip(), createWriteStream(path, { mode: 0o600 }));
}
