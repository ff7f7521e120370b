/** A sentence about something an operator should look at, and where to look. */
export interface Problem {
  readonly text: string;
  readonly view?: 'proxies' | 'services' | 'certificates';
  /** What it is about, in that view. */
  readonly id?: string;
}
