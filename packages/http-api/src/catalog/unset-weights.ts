/**
 * Whether these are weights that nobody gave: Go clients print their zero value, and Consul takes it for none.
 * Others are left to be judged.
 */
export function areUnsetWeights(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const weights = Object.entries(value);
  return weights.length > 0 && weights.every(([key, weight]) => weight === 0 && isWeight(key));
}

function isWeight(key: string): boolean {
  return ['passing', 'warning'].includes(key.toLowerCase());
}
