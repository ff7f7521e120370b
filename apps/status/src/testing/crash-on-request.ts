// Loaded before the screen by the test of its crashes: a mistake happens when the process is told so.
process.on('SIGUSR2', () => {
  if (process.env['CRASH'] === 'promise') void Promise.reject(new Error('a planted mistake'));
  else throw new Error('a planted mistake');
});
