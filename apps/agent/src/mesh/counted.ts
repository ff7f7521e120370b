/** `1 sidecar`, `3 sidecars`, `2 proxies`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return count === 1 ? `1 ${noun}` : `${count} ${plural}`;
}
