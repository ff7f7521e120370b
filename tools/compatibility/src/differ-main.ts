import { explain } from './explain.ts';
import { knownCommandDifferences, knownHttpDifferences } from './known-differences.ts';
import { record } from './record.ts';
import { readRecording } from './recording.ts';

/** Prints what differs and has no reason: what to mend next. */
const consul = await readRecording();
const ours = await record();
for (const explained of [
  explain(consul.http, ours.http, knownHttpDifferences),
  explain(consul.commands, ours.commands, knownCommandDifferences),
]) {
  for (const { title, places } of explained.unexplained) {
    console.log(title);
    for (const { at, consul: theirs, ours: own } of places) {
      console.log(
        `  ${at}\n    consul ${JSON.stringify(theirs)}\n    ours   ${JSON.stringify(own)}`,
      );
    }
  }
  for (const { steps, places } of explained.stale) console.log(`stale: ${steps} ${places}`);
  console.log(`${explained.alike} alike, ${explained.unexplained.length} differ without a reason`);
}
