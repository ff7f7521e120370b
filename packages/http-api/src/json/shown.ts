/** A record as it is shown, of which some texts are looked up. */
export type Shown<Key extends string> = Readonly<Record<Key, string>> &
  Readonly<Record<string, unknown>>;
