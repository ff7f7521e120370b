import { readdir, readFile, statfs } from 'node:fs/promises';
import { cpus, freemem, hostname, machine, platform, release, totalmem, uptime } from 'node:os';
import type { HttpApiDependencies } from '../dependencies.ts';
import { json } from '../reply.ts';
import type { Route } from '../route.ts';

/** The machine that the agent runs on. */
export const hostRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/host',
    right: 'operator:read',
    blocking: 'none',
    answer: async (api) => json(await host(api)),
  },
];

/** What is not known here is left out, as Consul leaves out what its platform does not tell. */
async function host({ now }: HttpApiDependencies): Promise<object> {
  const [memory, disk, figures] = await Promise.allSettled([
    memoryFigures(),
    diskOf('/'),
    system(),
  ]);
  const failures = [memory, disk, figures].filter((each) => each.status === 'rejected');
  return {
    Memory: foundIn(memory),
    CPU: processors(),
    Host: { ...foundIn(figures), bootTime: Math.floor(now() / 1000 - uptime()) },
    Disk: foundIn(disk),
    CollectionTime: now() * 1_000_000,
    Errors: failures.length === 0 ? null : failures.map(({ reason }) => String(reason)),
  };
}

function foundIn(settled: PromiseSettledResult<object>): object | null {
  return settled.status === 'fulfilled' ? settled.value : null;
}

const kibibytes: Readonly<Record<string, string>> = {
  Active: 'active',
  Inactive: 'inactive',
  Buffers: 'buffers',
  Cached: 'cached',
  Dirty: 'dirty',
  Shmem: 'shared',
  Slab: 'slab',
  SwapTotal: 'swapTotal',
  SwapFree: 'swapFree',
  SwapCached: 'swapCached',
  Mapped: 'mapped',
  CommitLimit: 'commitLimit',
  Committed_AS: 'committedAS',
};

async function memoryFigures(): Promise<object> {
  const total = totalmem();
  const available = freemem();
  const known = { total, available, used: total - available };
  const usedPercent = (100 * known.used) / total;
  const meminfo = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const found = new Map(
    [...meminfo.matchAll(/^(\w+):\s+(\d+) kB$/gm)].map(([, name = '', kb]) => [
      name,
      Number(kb) * 1024,
    ]),
  );
  const more = Object.entries(kibibytes).map(([name, field]) => [field, found.get(name) ?? 0]);
  const free = found.get('MemFree') ?? available;
  return { ...known, usedPercent, free, ...Object.fromEntries(more) };
}

function processors(): readonly object[] {
  return cpus().map(({ model, speed }, cpu) => ({ cpu, cores: 1, modelName: model, mhz: speed }));
}

async function system(): Promise<object> {
  const release_ = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const field = (name: string): string =>
    new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(release_)?.[1] ?? '';
  const processes = await readdir('/proc').catch(() => []);
  const hostId = await readFile('/etc/machine-id', 'utf8').catch(() => '');
  return {
    hostname: hostname(),
    uptime: Math.floor(uptime()),
    procs: processes.filter((name) => /^\d+$/.test(name)).length,
    os: platform(),
    platform: field('ID') || platform(),
    platformFamily: field('ID_LIKE') || field('ID'),
    platformVersion: field('VERSION_ID'),
    kernelVersion: release(),
    kernelArch: machine(),
    hostId: hostId.trim(),
  };
}

async function diskOf(path: string): Promise<object> {
  const { bsize, blocks, bavail, bfree, files, ffree } = await statfs(path);
  const total = blocks * bsize;
  const free = bavail * bsize;
  const used = (blocks - bfree) * bsize;
  return {
    path,
    total,
    free,
    used,
    usedPercent: percent(used, used + free),
    inodesTotal: files,
    inodesUsed: files - ffree,
    inodesFree: ffree,
    inodesUsedPercent: percent(files - ffree, files),
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
