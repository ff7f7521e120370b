/** How something stands that a line tells of. */
export type Standing = 'ok' | 'warning' | 'failed' | 'skipped';
