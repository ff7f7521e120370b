import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Leaf, secret } from '@chancery/ca';
import { type ServiceRef, serviceKey } from '@chancery/identity';

/** Where leafs survive a restart, so that the same secrets are served after it. */
export interface LeafShelf {
  load(service: ServiceRef): Promise<Leaf | undefined>;
  save(service: ServiceRef, leaf: Leaf): Promise<void>;
  remove(service: ServiceRef): Promise<void>;
  /** Removes the leafs that have ended by a time in milliseconds since 1970, and those in pieces. */
  removeEnded(now: number): Promise<void>;
}

/** Keeps nothing: for an agent in memory. */
export const noShelf: LeafShelf = {
  load: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  removeEnded: () => Promise.resolve(),
};

type LeafFile = Omit<Leaf, 'privateKey'> & { readonly privateKeyPem: string };

/** Keeps leafs with their keys in a folder that only the agent's user may read, a file each, written whole or not at all. */
export function folderShelf(folder: string): LeafShelf {
  const pathOf = (service: ServiceRef) =>
    join(folder, `${encodeURIComponent(serviceKey(service))}.json`);
  return {
    load: async (service) => {
      const text = await readFile(pathOf(service), 'utf8').catch(ifAbsent);
      if (text === undefined) return undefined;
      return parsed(text);
    },
    save: async (service, { privateKey, ...leaf }) => {
      const path = pathOf(service);
      const file: LeafFile = { ...leaf, privateKeyPem: privateKey.reveal() };
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(`${path}.new`, JSON.stringify(file), { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
    remove: (service) => rm(pathOf(service), { force: true }),
    removeEnded: async (now) => {
      const names = (await readdir(folder).catch(ifAbsent)) ?? [];
      for (const name of names.filter((each) => each.endsWith('.json'))) {
        const path = join(folder, name);
        const text = await readFile(path, 'utf8').catch(ifAbsent);
        const leaf = text === undefined ? undefined : parsed(text);
        if (leaf === undefined || leaf.validity.notAfter <= now) await rm(path, { force: true });
      }
    },
  };
}

/** The leaf of a file; none of one that a crash left in pieces: a new leaf takes its place. */
function parsed(text: string): Leaf | undefined {
  try {
    const { privateKeyPem, ...leaf } = JSON.parse(text) as LeafFile;
    return { ...leaf, privateKey: secret(privateKeyPem) };
  } catch {
    return undefined;
  }
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
