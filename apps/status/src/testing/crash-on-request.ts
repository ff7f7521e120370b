// Loaded before the screen by the test of its crashes: a mistake happens when the process is told so.
process.on('SIGUSR2', () => {
  const mistake = new Error('a planted mistake');
  if (process.env['CRASH'] === 'promise') void Promise.reject(mistake);
  else if (process.env['CRASH'] === 'write') process.stdout.write = failing(mistake);
  else throw mistake;
});

/** From then on nothing can be painted, not even an orderly end. */
function failing(mistake: Error): typeof process.stdout.write {
  return () => {
    throw mistake;
  };
}
