/** A trust domain begins with 36 characters of which eight tell enough: `11111111*.consul`. JSON has it whole. */
export function shortened(text: string): string {
  return text.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '$1*');
}
