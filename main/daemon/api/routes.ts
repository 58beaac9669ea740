import type { FastifyInstance } from 'fastify';

import { serveAntigravity } from './antigravity.ts';
import { serveArtifacts } from './artifacts.ts';
import { serveAttempts } from './attempts.ts';
import { serveAudit } from './audit.ts';
import type { ApiContext } from './call.ts';
import { serveCompatibility } from './compatibility.ts';
import { serveDiagnostics } from './diagnostics.ts';
import { serveDiff } from './diff.ts';
import { serveDocuments } from './documents.ts';
import { serveEvents } from './events.ts';
import { serveGates } from './gates.ts';
import { serveHealth } from './health.ts';
import { serveInstance } from './instance.ts';
import { serveInstances } from './instances.ts';
import { serveLogs } from './logs.ts';
import { serveMetrics } from './metrics.ts';
import { collectRoutes } from './openapi/declared-routes.ts';
import { servePhases } from './phases.ts';
import { serveQueue } from './queue.ts';
import { serveRunSteps } from './run-steps.ts';
import { serveRuns } from './runs.ts';
import { serveSalvage } from './salvage.ts';
import { serveSettings } from './settings.ts';
import { serveStepCommands } from './step-commands.ts';
import { serveSteps } from './steps.ts';
import { serveTraces } from './traces.ts';
import { serveWaits } from './waits.ts';

/** Every resource, once. */
export function serveRoutes(app: FastifyInstance, context: ApiContext): void {
  const routes = collectRoutes(app);
  serveHealth(app);
  serveInstance(app, context);
  serveRuns(app, context);
  serveRunSteps(app, context);
  servePhases(app, context);
  serveSteps(app, context);
  serveStepCommands(app, context);
  serveWaits(app, context);
  serveAttempts(app, context);
  serveLogs(app, context);
  serveDiff(app, context);
  serveGates(app, context);
  serveArtifacts(app, context);
  serveEvents(app, context);
  serveSalvage(app, context);
  serveAudit(app, context);
  serveDiagnostics(app, context);
  serveAntigravity(app);
  serveCompatibility(app, context);
  serveInstances(app, context);
  serveSettings(app, context);
  serveMetrics(app, context);
  serveQueue(app, context);
  serveTraces(app, context);
  serveDocuments(app, context, routes);
}
