// Loads the journal in the directory given, and says what is wrong with it.
import { openLmdbJournal } from '../index.ts';

try {
  await using journal = await openLmdbJournal(process.argv[2] ?? '');
  const rows = [...(await journal.load()).rows];
  for await (const changeSet of journal.history(0))
    rows.push(...(changeSet.revision < 0 ? rows : []));
  console.log(`${rows.length} rows`);
} catch (error) {
  console.log(String(error));
}
