import { writeFileSync } from 'node:fs';
import { consulBinary, consulVersion } from '@chancery/testing';
import { recordKeys } from './record-keys.ts';

const binary = consulBinary();
if (binary === undefined) {
  process.exitCode = 1;
} else {
  const keys = recordKeys(binary);
  const path = new URL('./consul-keys.json', import.meta.url);
  writeFileSync(path, `${JSON.stringify({ consul: consulVersion, keys }, null, 2)}\n`);
  console.log(`${Object.keys(keys).length} keys of Consul ${consulVersion}`);
}
