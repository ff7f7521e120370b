import { consulBinary } from '@chancery/testing';
import { record } from './record.ts';
import { writeRecording } from './recording.ts';

const consul = consulBinary();
if (consul === undefined) {
  process.exitCode = 1;
} else {
  process.env['CHANCERY_LAB_AGENT'] = consul;
  process.env['CHANCERY_LAB_CLI'] = consul;
  const recording = await record();
  await writeRecording(recording);
  console.log(`${recording.http.length} exchanges, ${recording.commands.length} commands`);
}
