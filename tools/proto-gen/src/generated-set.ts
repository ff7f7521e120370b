/** Modules that are made of protos, in a folder of their own. */
export interface GeneratedSet {
  /** What they are, as a sentence about them begins: `Envoy's types`. */
  readonly name: string;
  /** The folder that holds them, and nothing else. */
  readonly output: string;
  /** A folder on the same file system where they are made. */
  readonly scratch: string;
  /** Names what they have to be made from. */
  readonly wanted: () => string;
  /** Makes them in the folder `gen` of an empty folder; rejects with the generator's own words when a proto does not compile. */
  readonly make: (work: string) => Promise<void>;
}
