import { builtConsul } from '@chancery/testing';
import { buildConsul } from './build-consul.ts';

const path = builtConsul(process.env);
try {
  await buildConsul(path, console.error);
  console.log(path);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
