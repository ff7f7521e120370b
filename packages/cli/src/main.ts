import { endWithReader } from './closed-pipe.ts';
import { processIo } from './io.ts';
import { run } from './run.ts';

endWithReader();
process.exitCode = await run(process.argv.slice(2), processIo());
