import { writeFile } from 'node:fs/promises';
import { currentPage } from './current-page.ts';
import { record } from './record.ts';

/** Writes the page anew. */
await writeFile(
  new URL('../../../docs/consul-compatibility.md', import.meta.url),
  await currentPage(await record()),
);
