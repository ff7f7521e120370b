/** Why a call failed, in its own words: without the code that Connect puts before them. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const raw = 'rawMessage' in error ? error.rawMessage : undefined;
  const text = typeof raw === 'string' && raw !== '' ? raw : error.message;
  return text.split('\n')[0] ?? text;
}
