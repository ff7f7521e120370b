/** Whether a body gives none of some keys, which are read without regard to case, as Consul reads them. */
export function lacks(body: unknown, ...keys: readonly string[]): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const given = Object.entries(body).filter(([key]) => keys.includes(key.toLowerCase()));
  return given.every(([, value]) => value === '' || value === null);
}
