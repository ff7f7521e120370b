/** How long a check may take that says nothing about it. */
export const usualTimeoutMs = 10_000;

/** The same for a script. */
export const scriptTimeoutMs = 30_000;
