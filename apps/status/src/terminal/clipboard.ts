/** Terminals take no more. */
const longest = 74_994;

/** What puts a text on the clipboard of the terminal, also over ssh: OSC 52. */
export function clipboardSequence(text: string): string {
  const encoded = Buffer.from(text).toString('base64').slice(0, longest);
  return `\u001b]52;c;${encoded}\u0007`;
}
