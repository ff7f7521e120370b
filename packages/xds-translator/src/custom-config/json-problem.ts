/** One mistake in a JSON text, with the way to it as it was written: `$.filter_chains[0].filters`. */
export interface JsonProblem {
  readonly path: string;
  readonly message: string;
}
