import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Reads through the pages of an LMDB file before LMDB maps it into memory, where a page that is not
 * there any more ends the process with a signal instead of an error.
 *
 * The layout is that of version 2 of LMDB's file format, on a little-endian machine.
 *
 * @throws Error, naming the file, when a page that is in use is missing or is not what it should be.
 */
export function checkDataFile(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > 0) new PageWalk(path, file, size).run();
  } finally {
    closeSync(file);
  }
}

const headerSize = 24;
const magic = 0xbeefc0de;
const formatVersion = 2;
const flag = { branch: 1, leaf: 2, overflow: 4, meta: 8 };
const node = { bigData: 1, subTree: 2 };
const noPage = 0xffff_ffff_ffff_ffffn;

interface Meta {
  readonly transaction: bigint;
  readonly pageSize: number;
  readonly roots: readonly bigint[];
}

class PageWalk {
  readonly #path: string;
  readonly #file: number;
  readonly #size: number;
  #pageSize = 4096;

  constructor(path: string, file: number, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
  }

  run(): void {
    const first = this.#meta(0n);
    this.#pageSize = first.pageSize;
    const second = this.#meta(1n);
    const { roots } = second.transaction > first.transaction ? second : first;
    for (const root of roots) this.#tree(root);
  }

  #meta(number: bigint): Meta {
    const page = this.#page(number, flag.meta);
    const version = page.readUInt32LE(headerSize + 4) & 0xffff;
    if (page.readUInt32LE(headerSize) !== magic || version !== formatVersion) {
      this.#fail('it is not a data file of this version of LMDB');
    }
    return {
      pageSize: page.readUInt32LE(headerSize + 24),
      roots: [rootOf(page, headerSize + 24), rootOf(page, headerSize + 72)],
      transaction: page.readBigUInt64LE(headerSize + 128),
    };
  }

  /** Goes through a tree without recursing for each level of it: a damaged one may go round in circles. */
  #tree(root: bigint): void {
    const seen = new Set<bigint>();
    const left = root === noPage ? [] : [root];
    for (let number = left.pop(); number !== undefined; number = left.pop()) {
      if (seen.has(number)) this.#fail(`its page ${number} is used twice`);
      seen.add(number);
      const page = this.#page(number, flag.branch | flag.leaf);
      const isLeaf = (page.readUInt16LE(18) & flag.leaf) !== 0;
      for (const offset of this.#nodes(page, number)) {
        if (isLeaf) this.#leaf(page, offset);
        else left.push(branchPage(page, offset));
      }
    }
  }

  #nodes(page: Buffer, number: bigint): number[] {
    const count = page.readUInt16LE(20) >>> 1;
    if (headerSize + 2 * count > page.length) this.#fail(`its page ${number} is damaged`);
    return Array.from({ length: count }, (_, index) => {
      const offset = headerSize + page.readUInt16LE(headerSize + 2 * index);
      if (offset + 8 > page.length) this.#fail(`its page ${number} is damaged`);
      return offset;
    });
  }

  #leaf(page: Buffer, offset: number): void {
    const flags = page.readUInt16LE(offset + 4);
    if ((flags & (node.bigData | node.subTree)) === 0) return;
    const at = offset + 8 + page.readUInt16LE(offset + 6);
    if (at + (flags & node.subTree ? 48 : 8) > page.length)
      this.#fail('one of its pages is damaged');
    if (flags & node.subTree) this.#tree(rootOf(page, at));
    else this.#overflow(page.readBigUInt64LE(at));
  }

  #overflow(number: bigint): void {
    const pages = BigInt(this.#page(number, flag.overflow).readUInt32LE(20));
    this.#assertWithin(number + pages);
  }

  #page(number: bigint, kinds: number): Buffer {
    this.#assertWithin(number + 1n);
    const page = Buffer.alloc(this.#pageSize);
    readSync(this.#file, page, 0, this.#pageSize, Number(number) * this.#pageSize);
    const isMeta = kinds === flag.meta;
    if ((page.readUInt16LE(18) & kinds) === 0 || (!isMeta && page.readBigUInt64LE(0) !== number)) {
      this.#fail(`its page ${number} is damaged`);
    }
    return page;
  }

  #assertWithin(end: bigint): void {
    if (end * BigInt(this.#pageSize) <= BigInt(this.#size)) return;
    this.#fail(`it ends after ${this.#size} bytes, before a page that is in use`);
  }

  #fail(reason: string): never {
    throw new Error(`${this.#path} is damaged: ${reason}`);
  }
}

/** The root page of a tree's description. */
function rootOf(page: Buffer, offset: number): bigint {
  return page.readBigUInt64LE(offset + 40);
}

function branchPage(page: Buffer, offset: number): bigint {
  const low = BigInt(page.readUInt32LE(offset));
  return low | (BigInt(page.readUInt16LE(offset + 4)) << 32n);
}
