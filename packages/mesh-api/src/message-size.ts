const mebibyte = 1024 * 1024;

/** `100 bytes`, `14.1 MiB`. */
export function sizeInWords(bytes: number): string {
  if (bytes < mebibyte) return `${bytes} bytes`;
  return `${Math.ceil((bytes / mebibyte) * 10) / 10} MiB`;
}
