import { ensureEnvoyApi } from './ensure-envoy-api.ts';

// What every root script runs first: an automatic install neither fails the script when its
// `prepare` failed, nor notices that the generated folder was deleted.
try {
  await ensureEnvoyApi();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
