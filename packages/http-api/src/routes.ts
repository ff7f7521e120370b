import { agentCheckRoutes } from './agent/agent-checks.ts';
import { agentHealthRoutes } from './agent/agent-health.ts';
import { agentSelfRoutes } from './agent/agent-self.ts';
import { agentServiceRoutes } from './agent/agent-services.ts';
import { serviceRegisterRoutes } from './agent/service-register.ts';
import { catalogReadRoutes } from './catalog/catalog-reads.ts';
import { catalogWriteRoutes } from './catalog/catalog-writes.ts';
import { configReadRoutes } from './config/config-reads.ts';
import { authorizeRoutes } from './connect/authorize.ts';
import { certificateRoutes } from './connect/certificates.ts';
import { healthReadRoutes } from './health/health-reads.ts';
import { decisionRoutes } from './intentions/decision-routes.ts';
import { intentionRoutes } from './intentions/intention-routes.ts';
import { notBuiltRoutes } from './not-built.ts';
import { statusRoutes } from './operator/status.ts';
import type { Route } from './route.ts';

/** Every route there is. The router is built from this table, and whatever lists the API reads it. */
export const routes: readonly Route[] = [
  ...agentSelfRoutes,
  ...agentServiceRoutes,
  ...serviceRegisterRoutes,
  ...agentCheckRoutes,
  ...agentHealthRoutes,
  ...authorizeRoutes,
  ...certificateRoutes,
  ...catalogReadRoutes,
  ...catalogWriteRoutes,
  ...healthReadRoutes,
  ...decisionRoutes,
  ...intentionRoutes,
  ...configReadRoutes,
  ...statusRoutes,
  ...notBuiltRoutes,
];
