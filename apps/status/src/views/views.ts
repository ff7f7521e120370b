import { certificatesView } from './certificates.ts';
import { historyView } from './history.ts';
import { intentionsView } from './intentions.ts';
import type { ListView } from './list-view.ts';
import { proxiesView } from './proxies.ts';
import { servicesView } from './services.ts';

/** The views, in the order of their tabs. */
export const viewNames = [
  'overview',
  'proxies',
  'services',
  'intentions',
  'certificates',
  'history',
] as const;

/** A view by its name. */
export type ViewName = (typeof viewNames)[number];

/** Those that are tables. */
export type TableName = Exclude<ViewName, 'overview'>;

/** The tables by name. */
export const tables: Readonly<Record<TableName, ListView>> = {
  proxies: proxiesView,
  services: servicesView,
  intentions: intentionsView,
  certificates: certificatesView,
  history: historyView,
};

/** Whether a view is a table. */
export function isTable(name: ViewName): name is TableName {
  return name !== 'overview';
}
