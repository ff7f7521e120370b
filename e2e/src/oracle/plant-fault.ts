// Loaded into an agent before its own modules: changes one line of one of them as it is read.
import { registerHooks } from 'node:module';
import type { Fault } from './planted-faults.ts';

const { file, line, instead } = JSON.parse(process.env['CHANCERY_PLANTED_FAULT'] ?? '') as Fault;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${file}`)) return loaded;
    const [before = '', after, ...more] = `${loaded.source}`.split(line);
    // A fault that is not there would be found by nobody.
    if (after === undefined || more.length > 0) throw new Error(`${file} has not one ${line}`);
    return { ...loaded, source: before + instead + after };
  },
});
